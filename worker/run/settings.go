package run

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/spf13/pflag"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/worker"

	"holdthering/environ"
	"holdthering/health"
	"holdthering/notices"
	"holdthering/typed"
)

// Look is what a process that takes no work looks at.
type Look string

// The looks.
const (
	LookPreflight Look = "preflight"
	LookVersions  Look = "versions"
)

// Settings are how a worker is to run.
type Settings struct {
	Outbox    string // directory of the mails, where mails are kept and not sent
	Records   string // directory of the case records
	Directory string // file of contacts; empty for the one that is shipped
	// Templates of the mails; ParseSettings reads the folder that --templates names. Nil: those
	// that are shipped.
	Templates *notices.Library
	// Deployment and BuildID, both or neither, turn worker versioning on: a case then stays
	// with the version that it started under until it goes on in a new run.
	Deployment, BuildID string
	// MakeCurrent: new cases, and those that go on in a new run, go to this version.
	MakeCurrent bool
	// Only is OnlyPages where the process serves the pages and works on no case.
	Only string
	// Look is what the process only looks at and says; empty where it works.
	Look Look

	Getenv func(string) string // for the choice of the mail channel
	Log    *slog.Logger
	// Tune changes the options of Temporal's worker, as a test does; nil leaves them.
	Tune func(*worker.Options)

	metrics client.MetricsHandler // nil where nothing is measured
	health  *health.Health        // never nil while Run works
	// countEvery is how often cases are counted; zero is the usual time.
	countEvery time.Duration
	// reader opens the payloads; nil reads those that are open.
	reader converter.DataConverter
}

const usage = `Usage: worker [flags]

Carries cases on: waits at a Temporal server for what they have to do, sends their
notices and keeps their records. SIGINT and SIGTERM stop it gracefully.

The server is said by TEMPORAL_ADDRESS (127.0.0.1:7233; with commas between several hosts:
a:7233,b:7233), TEMPORAL_NAMESPACE (holdthering) and the rest of Temporal's environment; the mail channel by HTR_MAIL (outbox). Where
SendGrid tells what becomes of its mails, HTR_EVENTS_KEY is the public key of its webhook,
HTR_EVENTS_ADDRESS where to listen (127.0.0.1:8026, path /events; none: another worker
does), HTR_EVENTS_HOST the public name, if the proxy before it passes that on, and HTR_EVENTS_WAIT how long to wait for word of a mail before it goes again (10m).
HTR_METRICS_ADDRESS, such as 127.0.0.1:9464 or :9464 for the same, shows how the worker
fares to Prometheus, path /metrics; without it nothing is shown. Beside it are /healthz (the
process answers) and /readyz (the namespace is reached, the key opens it, work is asked for);
worker --probe [ADDRESS] asks that and says it by its exit code.
OTEL_EXPORTER_OTLP_ENDPOINT, such as http://127.0.0.1:4318, has the worker send traces to an
OpenTelemetry collector: ids and times alone; without it none are made.
HTR_LOG is text or json, HTR_LOG_LEVEL debug, info, warn or error (text, info).
Members answer on pages where HTR_PAGES_ADDRESS says where to serve them (127.0.0.1:8027;
none: another worker does), HTR_PAGES_URL what stands in mails (https://ring.example) and
HTR_PAGES_KEY_FILE which file has the key of the links. worker --only pages serves them in a
process of its own, which asks a worker (HTR_PAGES_WORKER, http://worker:8028): the worker
answers it at HTR_PAGES_APART_ADDRESS, both with HTR_PAGES_APART_KEY_FILE. HTR_SECRETARIAT, such as
"Regional team; 01223 555 0100; team@england.example", is how members reach you.
HTR_BANK_HOLIDAYS names a file in the form of www.gov.uk/bank-holidays.json, whose years take the
place of those that are shipped; it belongs to a version as the program does.
HTR_REGISTER, such as postgres://ring@db.example/ring, has all workers keep what is over in
one PostgreSQL database, and not each among its records.

Flags:
`

// ParseSettings reads the program's arguments; what they leave open the environment says.
// The error is a sentence for who typed them, or pflag.ErrHelp once help has been shown.
func ParseSettings(args []string, getenv func(string) string, out io.Writer) (Settings, error) {
	getenv = environ.Cleaned(getenv)
	l, badLog := environ.Logger(getenv, out)
	s := Settings{Getenv: getenv, Log: l}
	flags := pflag.NewFlagSet("worker", pflag.ContinueOnError)
	flags.SetOutput(out)
	flags.Usage = func() { fmt.Fprint(out, usage+flags.FlagUsages()) }
	or := func(name, fallback string) string {
		if v := getenv(name); v != "" {
			return v
		}
		return fallback
	}
	flags.StringVar(&s.Outbox, "outbox", or("HTR_OUTBOX", "outbox"),
		"`directory` of mails that are kept and not sent ($HTR_OUTBOX)")
	flags.StringVar(&s.Records, "records", or("HTR_RECORDS", "records"),
		"`directory` of the case records ($HTR_RECORDS)")
	flags.StringVar(&s.Directory, "directory", getenv("HTR_DIRECTORY"),
		"`file` of contacts; without it the shipped one, whose addresses are invented ($HTR_DIRECTORY)")
	flags.StringVar(&s.Deployment, "deployment", getenv("HTR_DEPLOYMENT"),
		"`name` of the deployment, for versioned workers ($HTR_DEPLOYMENT)")
	flags.StringVar(&s.BuildID, "build-id", getenv("HTR_BUILD_ID"),
		"`version` of this program within the deployment ($HTR_BUILD_ID)")
	flags.BoolVar(&s.MakeCurrent, "make-current", getenv("HTR_MAKE_CURRENT") == "yes",
		"give new cases to this version ($HTR_MAKE_CURRENT=yes)")
	flags.StringVar(&s.Only, "only", getenv("HTR_ONLY"), "`what` to do alone: pages serves the members' pages ($HTR_ONLY)")
	templates := flags.String("templates", getenv("HTR_TEMPLATES"),
		"`folder` of mail templates; without it the shipped ones ($HTR_TEMPLATES)")
	preflight := flags.Bool("preflight", false, "replay every open case and group on this program, say which it cannot go on "+
		"with, and end: 0 with all, 3 not with all")
	listed := flags.Bool("versions", false, "list which open cases and groups go on with which version, and end")
	if err := typed.Check(flags, args); err != nil {
		return Settings{}, err
	}
	if err := flags.Parse(args); err != nil {
		return Settings{}, err
	}
	if *preflight {
		s.Look = LookPreflight
	} else if *listed {
		s.Look = LookVersions
	}
	faults := []error{s.check(flags.Args()), s.Check(), badLog, environ.BankHolidays(getenv)}
	if *templates != "" {
		var err error
		if s.Templates, err = notices.Open(*templates); err != nil {
			faults = append(faults, fmt.Errorf("--templates: %w", err))
		}
	}
	return s, errors.Join(faults...)
}

func (s Settings) check(words []string) error {
	switch {
	case len(words) > 0:
		return fmt.Errorf("%q is not understood; there are flags only, see --help", words[0])
	case (s.Deployment == "") != (s.BuildID == ""):
		return errors.New("--deployment and --build-id go together: one of them is missing")
	case s.Only != "" && s.Only != OnlyPages:
		return fmt.Errorf("--only is %s, not %q", OnlyPages, s.Only)
	case s.MakeCurrent && s.BuildID == "":
		return errors.New("--make-current needs --deployment and --build-id, to say which version")
	case s.Records == "":
		return errors.New("--records is empty: the case records need a directory")
	}
	return nil
}
