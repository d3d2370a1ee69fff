package app

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"gezhi/internal/incident"
	"gezhi/internal/kit/learn"
	"gezhi/internal/kit/now"
)

type trainCmd struct {
	Files []string `arg:"" optional:"" name:"file" help:"Tables to learn from, .tsv or .csv, also .gz. Without any: the closed incidents of this deployment." type:"existingfile"`
	Out   string   `required:"" help:"File for the model. The server reads model.gz (categories) and units.gz (units) in the folder of GEZHI_DATA."`
	Of    string   `help:"What the own incidents teach: their category, from title and text; or the unit that handled them, from title, text, place and category." enum:"category,unit" default:"category"`
	Text  []string `help:"Columns with texts, in an order that classify must repeat. One that a table lacks counts as empty." default:"title,text"`
	Label string   `help:"Column with what is to be learned." default:"label"`
}

// Run learns, says what the model is worth, and writes it.
func (cmd *trainCmd) Run(ctx context.Context) error {
	began := time.Now()
	rows, called, err := cmd.rows(ctx)
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "learning from %d rows\n", len(rows))
	m, err := learn.Train(rows, cmd.Text, time.Now())
	if err != nil {
		return fmt.Errorf("%w; no model was written", err)
	}
	if err := m.Save(cmd.Out); err != nil {
		return err
	}
	tellScores(os.Stdout, m.About, called)
	if len(cmd.Files) > 0 {
		fmt.Println("for comparison: 0.90-0.92 macro-F1 is published for TF-IDF and a linear SVM on a public set of messages to an authority (7 labels, 7,368 rows with titles)")
	}
	fmt.Printf("wrote %s, which learned from all %d rows, in %.0f s\n", cmd.Out, m.About.Rows, time.Since(began).Seconds())
	return nil
}

// rows returns what there is to learn from, and what people call a label.
func (cmd *trainCmd) rows(ctx context.Context) (rows []learn.Example, called func(label string) string, err error) {
	if len(cmd.Files) == 0 {
		return cmd.ownLessons(ctx)
	}
	called = func(label string) string { return label }
	if cmd.of() == incident.LearnedUnit {
		return nil, nil, errors.New("--of unit learns from this deployment's own incidents: leave the tables away")
	}
	for _, path := range cmd.Files {
		t, err := learn.ReadTable(path)
		if err != nil {
			return nil, nil, err
		}
		more, err := t.Examples(cmd.Text, cmd.Label)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", path, err)
		}
		rows = append(rows, more...)
	}
	return rows, called, nil
}

func (cmd *trainCmd) of() incident.Learned {
	return incident.Learned(cmp.Or(cmd.Of, string(incident.LearnedCategory)))
}

// ownLessons are the closed incidents of this deployment. Whoever corrected one taught by it.
func (cmd *trainCmd) ownLessons(ctx context.Context) ([]learn.Example, func(string) string, error) {
	if !slices.Equal(cmd.Text, ownTexts[incident.LearnedCategory]) {
		return nil, nil, errors.New("--text is for tables: name one, or leave it away to learn from this deployment's own incidents")
	}
	c, err := FromEnv()
	if err != nil {
		return nil, nil, err
	}
	a, err := OpenExisting(ctx, c, now.System{})
	if err != nil {
		return nil, nil, err
	}
	defer a.Close()
	cmd.Text = ownTexts[cmd.of()]
	rows, err := a.lessons(ctx, cmd.of())
	return rows, a.callerOf(cmd.of(), rows), err
}

// ownTexts are the texts of an incident, in the order in which a model for this deployment takes them.
var ownTexts = map[incident.Learned][]string{
	incident.LearnedCategory: {"title", "text"},
	incident.LearnedUnit:     {"title", "text", "where", "category"},
}

// lessons are the closed incidents that teach something; a row without a label teaches nothing.
func (a *App) lessons(ctx context.Context, of incident.Learned) (rows []learn.Example, err error) {
	err = a.Incident.Lessons(ctx, func(l incident.Lesson) error {
		row := learn.Example{Texts: []string{l.Title, l.Text}, Label: l.Category}
		if of == incident.LearnedUnit {
			row = learn.Example{Texts: []string{l.Title, l.Text, l.Where, l.Category}, Label: l.Unit}
		}
		if row.Label != "" {
			rows = append(rows, row)
		}
		return nil
	})
	return rows, err
}

// callerOf tells what people call a label: a unit by its name, which may change, a category by its code. It asks the
// store no more.
func (a *App) callerOf(of incident.Learned, rows []learn.Example) func(label string) string {
	names := map[string]string{}
	for _, r := range rows {
		names[r.Label] = r.Label
		if u, known := a.People.Directory().Unit(r.Label); known && of == incident.LearnedUnit {
			names[r.Label] = u.Name
		}
	}
	return func(label string) string { return names[label] }
}

// tellScores prints what a model is worth.
func tellScores(w io.Writer, a learn.About, called func(label string) string) {
	s := a.Scores
	if len(a.LeftOut) > 0 {
		left := make([]string, len(a.LeftOut))
		for n, label := range a.LeftOut {
			left[n] = called(label)
		}
		fmt.Fprintf(w, "left out, with fewer than %d rows each: %s\n", learn.MinLabel, strings.Join(left, ", "))
	}
	if s.OneSided {
		fmt.Fprintln(w, "not measured: the rows are nearly all the same, so none could be kept aside")
		return
	}
	fmt.Fprintf(w, "measured on %d rows kept aside, which a model learned from the other %d did not see:\n", s.Rows, a.Rows-s.Rows)
	fmt.Fprintf(w, "macro-F1 %.4f, right answers %.1f %%\n", s.MacroF1, 100*s.Right)
	fmt.Fprintf(w, "%9s %9s %9s %6s %8s  %s\n", "precision", "recall", "F1", "aside", "learned", "label")
	for i, l := range s.Labels {
		fmt.Fprintf(w, "%9.3f %9.3f %9.3f %6d %8d  %s\n", l.Precision, l.Recall, l.F1, l.Rows, a.Counts[i], called(l.Label))
	}
	fmt.Fprintf(w, "%10s %9s %9s\n", "confidence", "answers", "right")
	for _, c := range s.Surely {
		fmt.Fprintf(w, "%10s %7.1f %% %7.1f %%\n", fmt.Sprintf(">= %.2f", c.Above), 100*c.Share, 100*c.Right)
	}
}

type classifyCmd struct {
	File  string   `arg:"" help:"Table, .tsv or .csv, also .gz." type:"existingfile"`
	Model string   `required:"" help:"Model written by train." type:"existingfile"`
	Text  []string `help:"Columns with texts, in the order in which they were learned. Default: as learned."`
}

// Run prints a label and a confidence for each row, in their order.
func (cmd *classifyCmd) Run() error {
	m, err := learn.Open(cmd.Model)
	if err != nil {
		return err
	}
	names := cmd.Text
	if len(names) == 0 {
		names = m.About.Texts
	}
	t, err := learn.ReadTable(cmd.File)
	if err != nil {
		return err
	}
	texts, err := t.Texts(names)
	if err != nil {
		return fmt.Errorf("%s: %w", cmd.File, err)
	}
	out := bufio.NewWriter(os.Stdout)
	for _, row := range texts {
		g := m.Guess(row)
		fmt.Fprintf(out, "%s\t%.4f\n", g.Label, g.Confidence)
	}
	return out.Flush()
}
