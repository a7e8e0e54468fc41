package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/message"
	"holdthering/notices"
	"holdthering/regime"
	"holdthering/screen"
	"holdthering/verbs"
)

func (a *app) noticeCommand() *cobra.Command {
	family := verbs.Family("notice")
	family.Short = "list, preview, check, copy"
	family.AddCommand(a.noticeListCommand(), a.noticePreviewCommand(), a.noticeCheckCommand(),
		a.noticeCopyCommand())
	return family
}

// noticeKind is a kind of notice as the list has it.
type noticeKind struct {
	Kind    regime.NoticeKind `json:"kind"`
	Subject string            `json:"subject"`
	Rule    string            `json:"rule"`
	Urgent  bool              `json:"urgent"`
}

func (a *app) noticeListCommand() *cobra.Command {
	return look{
		use: "list [flags]", short: "Every kind of notice, and which go at any hour",
		example: "notice list",
		run: func(_ *cobra.Command, _ []string, asJSON bool) error {
			var all []noticeKind
			for _, k := range notices.Kinds() {
				row := rowOf(k)
				all = append(all, noticeKind{k, row.Subject, row.Rule, row.Urgent})
			}
			return a.answer(asJSON, all, func() string {
				t := screen.Table{Heads: []string{"NOTICE", "WHEN", "RULE", "SUBJECT"}, FixedColumns: 3}
				for _, l := range all {
					hours := "working hours"
					if l.Urgent {
						hours = "at any hour"
					}
					t.Rows = append(t.Rows, []string{string(l.Kind), hours, l.Rule, l.Subject})
				}
				return strings.Join(t.Lines(a.width(), ""), "\n")
			})
		},
	}.command()
}

func rowOf(k regime.NoticeKind) regime.NoticeRow {
	for _, p := range regime.Profiles() {
		if row, ok := p.Notice(k); ok {
			return row
		}
	}
	return regime.NoticeRow{}
}

var mailFormats = []string{"text", formatHTML}

// preview is how a mail would look.
type preview struct {
	Kind    regime.NoticeKind `json:"kind"`
	Case    string            `json:"case,omitempty"`
	Subject string            `json:"subject"`
	Text    string            `json:"text"`
	HTML    string            `json:"html"`
}

func (a *app) noticePreviewCommand() *cobra.Command {
	var ref, dir string
	var format string
	var html, text bool
	var as string
	profile := profileFlag{a: a}
	c := look{
		use: "preview KIND [flags]", short: "A mail as its recipients see it, by an example or by a case",
		long: "A mail as its recipients see it, by an example, or as a case sent it last.\n\n" +
			"An example needs no server; its case, body and times are invented.",
		example: "notice preview N15 --format html", args: oneWord("kind of notice, such as N15", false),
		run: func(cmd *cobra.Command, args []string, asJSON bool) error {
			if html && text {
				return fmt.Errorf("html or text, please, not both")
			}
			if !slices.Contains(mailFormats, format) {
				return fmt.Errorf("--format is text or html, not %q", screen.Clipped(format, 40))
			}
			html = html || format == formatHTML
			under, err := profile.profile()
			if err != nil {
				return err
			}
			if !slices.Contains(notices.Way("").Choices(), as) {
				return fmt.Errorf("--answers is one of %s, not %q", strings.Join(notices.Way("").Choices(), ", "), as)
			}
			k := regime.NoticeKind(strings.ToUpper(args[0]))
			p, err := a.preview(cmd.Context(), under, k, wantedMail{ref, dir, notices.Way(as)})
			if err != nil {
				return err
			}
			return a.answer(asJSON, p, func() string {
				if html {
					return strings.TrimRight(p.HTML, "\n")
				}
				return "Subject: " + p.Subject + "\n\n" + strings.TrimRight(p.Text, "\n")
			})
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&ref, "case", "", "the latest of its kind in this `case`")
			set.StringVar(&dir, "templates", a.Getenv("HTR_TEMPLATES"), "a `folder` of templates instead of the shipped ones")
			set.StringVar(&as, "answers", string(notices.OnPage), "how the reader `answers`: "+strings.Join(notices.Way("").Choices(), ", "))
			profile.bind(set, "an example")
			verbs.Formerly(set, map[string]string{"as": "answers"})
			set.StringVar(&format, "format", mailFormats[0], "`format`: text, which is complete too, or html")
			set.BoolVar(&html, "html", false, "")
			set.BoolVar(&text, "text", false, "")
			hide(set, "html", "text")
		},
		offers: profile.offers(map[string]cobra.CompletionFunc{"format": fixed(mailFormats),
			"answers": fixed(notices.Way("").Choices())}),
	}.command()
	c.ValidArgsFunction = offerKinds
	return c
}

func offerKinds(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
	var out []string
	if len(args) == 0 {
		for _, k := range notices.Kinds() {
			out = append(out, cobra.CompletionWithDesc(string(k), rowOf(k).Subject))
		}
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}

// wantedMail says which case the mail is from, empty for an example, and which templates are used,
// empty for the shipped ones.
type wantedMail struct {
	ref, templates string
	as             notices.Way
}

func (a *app) preview(ctx context.Context, p *regime.Profile, k regime.NoticeKind, w wantedMail) (preview, error) {
	library := notices.Shipped()
	if w.templates != "" {
		var err error
		if library, err = notices.Open(w.templates); err != nil {
			return preview{}, err
		}
	}
	var m notices.Mail
	var err error
	ref := w.ref
	if ref == "" {
		m, err = library.PreviewUnder(p, k, w.as)
	} else {
		m, err = a.sent(ctx, library, k, &ref, w.as)
	}
	return preview{Kind: k, Case: ref, Subject: m.Subject, Text: m.Text, HTML: m.HTML}, err
}

// sent is the latest mail of a kind that a case has sent or is to send, to its first recipient.
func (a *app) sent(ctx context.Context, library *notices.Library, kind regime.NoticeKind, ref *string, as notices.Way) (notices.Mail, error) {
	snapshot, _, err := a.whole(ctx, []string{*ref})
	if err != nil {
		return notices.Mail{}, err
	}
	c := snapshot.Case
	*ref = c.Ref
	for i := len(c.Notices) - 1; i >= 0; i-- {
		notice := c.Notices[i]
		if notice.Kind != kind {
			continue
		}
		batch := message.Batch{Ref: c.Ref, Profile: c.Profile, Labels: c.Labels(), Demonstration: c.Demonstration,
			Now: notice.At}
		batch.Put(c, notice)
		to := notice.To[0]
		return library.Render(batch, notice, notices.Reader(as, to.Party, to.Level))
	}
	return notices.Mail{}, fmt.Errorf("case %s has told nobody of %s (%s)", c.Ref, kind, rowOf(kind).Subject)
}

// sound is whether a set of templates can be used.
type sound struct {
	Templates string            `json:"templates"`
	Findings  []notices.Finding `json:"findings"`
}

func (a *app) noticeCheckCommand() *cobra.Command {
	var dir string
	return look{
		use: "check [flags]", short: "Check mail templates that you have edited",
		long: "Check the templates of the mails: every kind has its own, every one has its kind, every\n" +
			"field exists. Exit code 2 if there is anything to mend, with its file and line.",
		example: "notice check --templates templates",
		run: func(_ *cobra.Command, _ []string, asJSON bool) error {
			found, err := notices.Check(dir)
			if err != nil {
				return fmt.Errorf("--templates: %w", err)
			}
			s := sound{Templates: cmp.Or(dir, "the templates that are shipped"), Findings: append([]notices.Finding{}, found...)}
			if err := a.answer(asJSON, s, s.text); err != nil || len(found) == 0 {
				return err
			}
			return silent(exitInput)
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&dir, "templates", a.Getenv("HTR_TEMPLATES"), "the `folder`; without it, those that are shipped")
		},
	}.command()
}

func (s sound) text() string {
	if len(s.Findings) == 0 {
		return "Nothing to mend in " + s.Templates + "."
	}
	lines := []string{fmt.Sprintf("%d to mend in %s:", len(s.Findings), s.Templates)}
	for _, f := range s.Findings {
		lines = append(lines, "  "+screen.Plain(f.String()))
	}
	return strings.Join(lines, "\n")
}

func (a *app) noticeCopyCommand() *cobra.Command {
	return look{
		use: "copy FOLDER", short: "Copy the shipped templates into a new folder, to edit them",
		long: "Copy the shipped templates into a new folder, to edit them.\n\nA worker uses them with " +
			"--templates FOLDER (or HTR_TEMPLATES) once 'notice check' finds nothing to mend.",
		example: "notice copy templates", args: oneWord("new folder", false),
		run: func(_ *cobra.Command, args []string, asJSON bool) error {
			if err := notices.Copy(args[0]); err != nil {
				return err
			}
			return a.answer(asJSON, map[string]string{"templates": args[0]}, func() string {
				return "The templates are in " + args[0] + "; 'starter notice check --templates " + args[0] +
					"' looks them over."
			})
		},
	}.command()
}
