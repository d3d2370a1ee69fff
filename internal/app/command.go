package app

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"gezhi/internal/kit/authz"
	"gezhi/internal/kit/fault"
	"gezhi/internal/kit/now"
	"gezhi/internal/people"
)

// commands is the command line.
type commands struct {
	Serve    serveCmd    `cmd:"" help:"Run the server."`
	Demo     demoCmd     `cmd:"" help:"Serve an invented street that lives, or make history of any size in it. It serves this machine only."`
	Migrate  migrateCmd  `cmd:"" help:"Bring the store's schema up to this program. serve does it too."`
	Account  accountCmd  `cmd:"" help:"Accounts from a terminal."`
	Import   importCmd   `cmd:"" help:"Bring in areas, divisions and past reports."`
	Backup   backupCmd   `cmd:"" help:"Write the whole store into one archive. May run beside a server. The key file is not inside."`
	Restore  restoreCmd  `cmd:"" help:"Fill an empty store, of either engine, from a backup."`
	Verify   verifyCmd   `cmd:"" help:"Check that timelines and audit trail are whole; ends non-zero on a break. May run beside a server."`
	Bench    benchCmd    `cmd:"" help:"Measure loops per second against what the bare engine gives, on stores of its own."`
	Train    trainCmd    `cmd:"" help:"Learn to tell labels from texts, and write a model that classify and serve can use."`
	Classify classifyCmd `cmd:"" help:"Print a label and a confidence for each row of a table."`
	Version  versionCmd  `cmd:"" help:"Print the version."`
}

// Main runs the command line and returns the exit code.
func Main(args []string) int {
	var c commands
	parser, err := kong.New(&c, kong.Name("gezhi"), kong.Description("格治, a governance centre in one program.\n\nSettings come from the environment: GEZHI_ADDR, GEZHI_DATA, GEZHI_DB, GEZHI_KEY_FILE, GEZHI_TZ (docs/operations.md lists all)."),
		kong.UsageOnError(), kong.ConfigureHelp(kong.HelpOptions{Compact: true}))
	if err != nil {
		fmt.Fprintln(os.Stderr, "gezhi:", err)
		return 2
	}
	k, err := parser.Parse(args)
	if err != nil {
		parser.FatalIfErrorf(err)
		return 2
	}
	logTo(slog.LevelInfo)
	ownFilesOnly()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	k.BindTo(ctx, (*context.Context)(nil))
	if err := k.Run(); err != nil {
		fmt.Fprintln(os.Stderr, "gezhi:", explain(err))
		return 1
	}
	return 0
}

// explain turns a fault into a sentence for a terminal.
func explain(err error) string {
	f, ok := fault.As(err)
	if !ok {
		return err.Error()
	}
	var b strings.Builder
	b.WriteString(f.Code)
	for _, field := range f.Fields {
		fmt.Fprintf(&b, "\n  %s: %s", field.Field, field.Code)
		for k, v := range field.Params {
			fmt.Fprintf(&b, " %s=%v", k, v)
		}
	}
	return b.String()
}

// open builds the program for a command.
func open(ctx context.Context) (*App, error) {
	c, err := FromEnv()
	if err != nil {
		return nil, err
	}
	return Open(ctx, c, now.System{})
}

type serveCmd struct {
	Demo bool `help:"Load the demo into an empty store and play a living day. The demo is invented and serves this machine only."`
}

// Run serves until interrupted.
func (s *serveCmd) Run(ctx context.Context) error {
	if s.Demo {
		return serveDemo(ctx, 1)
	}
	c, err := FromEnv()
	if err != nil {
		return err
	}
	a, err := Open(ctx, c, now.System{})
	if err != nil {
		return err
	}
	defer a.Close()
	unlock, err := a.lockFolder()
	if err != nil {
		return err
	}
	defer unlock()
	return a.serve(ctx)
}

// serve serves and says where.
func (a *App) serve(ctx context.Context) error {
	return a.Serve(ctx, func(addr string) {
		scheme := "http"
		if a.Config.TLSCert != "" {
			scheme = "https"
		}
		slog.Info("gezhi serves", "address", scheme+"://"+addr, "store", string(a.DB.Engine()), "data", a.Config.Folder)
	})
}

type migrateCmd struct{}

// Run migrates the store.
func (*migrateCmd) Run(ctx context.Context) error {
	a, err := open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	fmt.Println("the schema is up to date")
	return nil
}

type versionCmd struct{}

// Run prints the version.
func (*versionCmd) Run() error {
	fmt.Println(Version)
	return nil
}

type accountCmd struct {
	Add accountAddCmd `cmd:"" help:"Make an account."`
}

type accountAddCmd struct {
	Login         string `arg:"" help:"Name to sign in with."`
	Role          string `required:"" help:"Role, e.g. duty, station, system_admin."`
	Name          string `help:"Name to show; default: the login."`
	Unit          string `help:"Code of the unit of the post."`
	Area          string `help:"Code of the area of the post; without one the post covers everything."`
	PasswordStdin bool   `help:"Read the password from standard input. It is final: no change is asked for." required:""`
}

// Run makes the account.
func (cmd *accountAddCmd) Run(ctx context.Context) error {
	password, err := io.ReadAll(io.LimitReader(os.Stdin, 4096))
	if err != nil {
		return err
	}
	a, err := open(ctx)
	if err != nil {
		return err
	}
	defer a.Close()
	opt := people.AddOptions{Name: cmd.Name}
	if opt.UnitID, err = a.unitByCode(cmd.Unit); err != nil {
		return err
	}
	if opt.AreaID, err = a.areaByCode(cmd.Area); err != nil {
		return err
	}
	if err := a.knownRole(ctx, cmd.Role); err != nil {
		return err
	}
	account, err := a.People.AddAccount(ctx, cmd.Login, cmd.Role, strings.TrimRight(string(password), "\r\n"), opt)
	if err != nil {
		return err
	}
	fmt.Printf("account %s with role %s\n", account.Login, cmd.Role)
	return nil
}

// knownRole refuses a role that does not exist and lists those that do.
func (a *App) knownRole(ctx context.Context, code string) error {
	roles, err := a.People.Roles(ctx, authz.System("terminal"))
	if err != nil {
		return err
	}
	var codes []string
	for _, r := range roles {
		if r.Code == code {
			return nil
		}
		codes = append(codes, r.Code)
	}
	return fmt.Errorf("there is no role %s; choose one of %s", code, strings.Join(codes, ", "))
}

func (a *App) unitByCode(code string) (string, error) {
	if code == "" {
		return "", nil
	}
	for _, u := range a.People.Directory().OpenUnits() {
		if u.Code == code {
			return u.ID, nil
		}
	}
	return "", fmt.Errorf("there is no open unit with the code %s", code)
}

func (a *App) areaByCode(code string) (string, error) {
	if code == "" {
		return "", nil
	}
	areas, _ := a.Grid.Tree().List(gridByCode(code))
	for _, area := range areas {
		if area.Code == code {
			return area.ID, nil
		}
	}
	return "", fmt.Errorf("there is no area with the code %s", code)
}
