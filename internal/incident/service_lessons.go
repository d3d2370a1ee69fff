package incident

import "context"

// Lesson is what one closed incident teaches: what people wrote and where it was, and what became of it in the end,
// after whoever handled it had corrected it.
type Lesson struct {
	ID       string
	Title    string
	Text     string
	Where    string // names of the areas from the community down, '' while it is not placed
	Category string // '' for none
	Unit     string // id of the unit that led and handled it, '' for none
}

// lessonPage is how many lessons are read at once.
const lessonPage = 1000

// Lessons calls take for every closed incident, in the order of their ids. It is for the terminal,
// where nobody's scope applies: what it reads is as open as the store is to whoever runs the command.
func (s *Service) Lessons(ctx context.Context, take func(Lesson) error) error {
	for after := ""; ; {
		page, err := lessonsOf(ctx, s.DB.Read(), after, lessonPage)
		if err != nil {
			return err
		}
		for _, l := range page {
			l.Where = whereOf(s.Places.Path(l.Where))
			if err := take(l); err != nil {
				return err
			}
		}
		if len(page) < lessonPage {
			return nil
		}
		after = page[len(page)-1].ID
	}
}
