package rehearsal

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/testsuite"

	"holdthering/activities"
	"holdthering/activities/directory"
	"holdthering/data"
	"holdthering/message"
	"holdthering/regime"
	"holdthering/screen"
)

// Options say what a play tells, and where.
type Options struct {
	Out   io.Writer
	JSON  bool // one document at the end, a Report, instead of lines as they come
	Mails bool // name every recipient of every mail
	// Outbox is where the worker keeps its mails; members then answer by their links. Empty: all is typed.
	Outbox string
	// Desk gives the address at which the desk shows a case; nil where none is open.
	Desk func(ref string) string
}

// Rehearse plays the scenario without a server, in Temporal's test environment, with the real
// workflow, rules and directory; nothing is sent, and nothing stays. What mails say is not even
// written, since nobody reads it: a play does. ok tells
// whether every line came as it is written. A *Malformed says that nothing was played.
func Rehearse(ctx context.Context, path string, o Options) (ok bool, err error) {
	s, err := load(path, filepath.Base(path), "rehearsal")
	if err != nil {
		return false, err
	}
	report, err := rehearseWith(ctx, s, o, &shelf{}, nil)
	if err != nil {
		return false, err
	}
	return report.OK, report.print(o)
}

// rehearse plays a script with its mails.
func rehearse(ctx context.Context, s script, o Options) (*Report, *postbox, error) {
	post := &postbox{}
	report, err := rehearseWith(ctx, s, o, &shelf{asFiles: true}, post)
	return report, post, err
}

// rehearseWith plays a script in the test environment; with no postbox nobody reads its mails. The case record is not
// written chapter by chapter: what it would say is summed up at the end.
func rehearseWith(ctx context.Context, s script, o Options, on *shelf, post *postbox) (*Report, error) {
	contacts, err := directory.FromText(withProvider(data.Directory, s.opening().Provider))
	if err != nil {
		return nil, err
	}
	hands := &activities.Activities{Channel: post, Directory: contacts, Unread: post == nil}
	b := &offline{shelf: on}
	b.register = func(env *testsuite.TestWorkflowEnvironment) {
		env.RegisterActivity(hands.SendNotices)
		env.RegisterActivityWithOptions(b.shelf.KeepRecord, activity.RegisterOptions{Name: message.ActivityKeepRecord})
	}
	began := time.Now()
	report, err := perform(ctx, s, b, o)
	if err != nil {
		return nil, err
	}
	report.Runs, report.Took = b.played.runs, time.Since(began)
	return report, nil
}

// tellGroups is the name under which news goes.
var tellGroups = activity.RegisterOptions{Name: message.ActivityTellGroups}

// withProvider gives a provider that the directory does not list, as one given by hand, an
// invented mailbox.
func withProvider(contacts string, p regime.Provider) string {
	party := string(p.Party())
	if strings.Contains(contacts, "\n"+party+",") {
		return contacts
	}
	domain := strings.ToLower(p.Code) + ".example"
	return contacts + fmt.Sprintf("%s,The provider,duty@%s,,,executive@%s,,,no,\n", party, domain, domain)
}

// load reads a scenario and understands it.
func load(path, key, channel string) (script, error) {
	scenario, err := Read(path)
	if err != nil {
		return script{}, err
	}
	return understand(scenario, key, channel)
}

// perform plays a script in a backend and reports it.
func perform(ctx context.Context, s script, w backend, o Options) (*Report, error) {
	report := newReport(s)
	show := &printer{out: screen.New(o.Out), every: o.Mails}
	if !o.JSON {
		show.heading(s, o)
	}
	p := &player{script: s, backend: w, observer: newObserver(""), tell: func(e Event) {
		report.Events = append(report.Events, e)
		if !o.JSON {
			show.event(e)
		}
	}}
	if err := p.play(ctx); err != nil {
		return nil, fmt.Errorf("%s: %w", s.File, err)
	}
	report.conclude(p)
	return report, nil
}
