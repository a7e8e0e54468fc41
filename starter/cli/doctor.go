package cli

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"holdthering/activities/mail/choose"
	"holdthering/cases"
	"holdthering/regime/calendar"
	"holdthering/screen"
	"holdthering/verbs"
	"holdthering/whole"
)

// diagnosis is all that was looked at.
type diagnosis struct {
	OK       bool            `json:"ok"`
	Findings []cases.Finding `json:"findings"`
}

func (a *app) doctorCommand() *cobra.Command {
	return look{
		use: "doctor [flags]", example: "doctor",
		short: "Look whether all is well: server, key, directory, mail, pages, clock, disk; what to do where not",
		long: "Look whether all is well: server, namespace, search attributes, key, worker, clock, bank holidays,\n" +
			"directory, mail channel, pages, folders and disk; each with what to do where it is not.\n\n" +
			"It goes by the settings of this shell. A worker elsewhere has its own: run it there as well, or ask\n" +
			"its /readyz. The exit code is 0 where all is well, 3 where the server is not, else 2.",
		run: func(cmd *cobra.Command, _ []string, asJSON bool) error {
			d := a.diagnose(cmd.Context())
			if err := a.answer(asJSON, d, func() string { return d.text(a.width()) }); err != nil {
				return err
			}
			return d.exit()
		},
	}.command()
}

// longestLook is how long one thing is looked at.
const longestLook = 10 * time.Second

func (a *app) diagnose(ctx context.Context) diagnosis {
	ctx, cancel := context.WithTimeout(ctx, longestLook)
	defer cancel()
	examine := a.Examine
	if examine == nil {
		examine = cases.Examine
	}
	all := append(examine(ctx), a.holidays(), a.directoryWell(), a.mailWell(ctx), a.pagesWell(ctx))
	all = append(all, a.folders()...)
	d := diagnosis{OK: true, Findings: all}
	for _, f := range all {
		d.OK = d.OK && f.OK
	}
	return d
}

func (d diagnosis) exit() error {
	if d.OK {
		return nil
	}
	for _, f := range d.Findings {
		if !f.OK && (f.What == "server" || f.What == "namespace" || f.What == "worker") {
			return silent(exitUnreachable)
		}
	}
	return silent(exitInput)
}

func (d diagnosis) text(width int) string {
	t := screen.Table{Heads: []string{"WHAT", "", "SAYS"}, FixedColumns: 2}
	wrong := 0
	for _, f := range d.Findings {
		state, says := "ok", f.Says
		if !f.OK {
			state, wrong = "WRONG", wrong+1
			says += ". To do: " + f.Do
		}
		t.Rows = append(t.Rows, []string{f.What, state, says})
	}
	end := "All is well."
	if wrong > 0 {
		end = fmt.Sprintf("%d of %d to mend.", wrong, len(d.Findings))
	}
	return strings.Join(append(t.Lines(width, ""), "", end), "\n")
}

func well(what, says string) cases.Finding { return cases.Finding{What: what, OK: true, Says: says} }

func ill(what, says, do string) cases.Finding { return cases.Finding{What: what, Says: says, Do: do} }

// holidays that are not known yet count as working days, so the next year's are to be there. What is wrong with a file
// of one's own, every command says.
func (a *app) holidays() cases.Finding {
	last := calendar.Holidays.Last
	if last <= a.now().Year() {
		return ill("bank holidays", fmt.Sprintf("are known until %d", last),
			"name a newer www.gov.uk/bank-holidays.json by HTR_BANK_HOLIDAYS, for worker and starter alike")
	}
	return well("bank holidays", fmt.Sprintf("are known until %d", last))
}

func (a *app) directoryWell() cases.Finding {
	p, err := verbs.ProfileOn(a.Getenv("HTR_PROFILE"), a.now())
	if err != nil {
		return ill("directory", err.Error(), "mend HTR_PROFILE")
	}
	found, err := a.checkDirectory(nil, p, nil)
	switch {
	case err != nil:
		return ill("directory", said(err), "mend the file; the worker goes on with the last good one")
	case a.directoryFile() == "":
		return well("directory", "the one that is shipped: its addresses are invented")
	case len(found.Findings) > 0:
		return ill("directory", fmt.Sprintf("%d things to mend in %s", len(found.Findings), found.File), "'starter directory check' lists them")
	}
	return well("directory", found.File+" has nothing to mend")
}

func (a *app) mailWell(ctx context.Context) cases.Finding {
	if err := choose.Check(a.Getenv); err != nil {
		return ill("mail", strings.ReplaceAll(err.Error(), "\n", "; "), "mend the settings that it names")
	}
	switch name := strings.ToLower(a.Getenv("HTR_MAIL")); {
	case name == "smtp":
		address := a.Getenv("HTR_SMTP_ADDRESS")
		if err := dialled(ctx, address); err != nil {
			return ill("mail", "SMTP at "+address+": "+err.Error(), "see that the relay runs, and that this computer may reach it")
		}
		return well("mail", "by SMTP, and "+address+" answers")
	case name == "sendgrid" || name == "" && a.Getenv("SENDGRID_API_KEY") != "":
		return well("mail", "by the mail service; 'starter list' says where mails do not go")
	}
	return well("mail", "as files into the folder "+a.workersDir("HTR_OUTBOX", "outbox")+": nothing is sent")
}

func dialled(ctx context.Context, address string) error {
	c, err := (&net.Dialer{Timeout: longestLook / 3}).DialContext(ctx, "tcp", address)
	if err != nil {
		return err
	}
	return c.Close()
}

func (a *app) pagesWell(ctx context.Context) cases.Finding {
	url := a.Getenv("HTR_PAGES_URL")
	if url == "" {
		return well("pages", "HTR_PAGES_URL is not set here. Where the worker has it, mails have links; else they name the secretariat")
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodHead, url, nil)
	if err != nil {
		return ill("pages", err.Error(), "HTR_PAGES_URL is where members reach the pages, such as https://ring.example.nhs.uk")
	}
	answer, err := (&http.Client{Timeout: longestLook / 3}).Do(request)
	if err != nil {
		return ill("pages", err.Error(), "see that the worker listens (HTR_PAGES_ADDRESS) and that the proxy passes on to it")
	}
	defer answer.Body.Close()
	if answer.StatusCode >= http.StatusInternalServerError {
		return ill("pages", url+" answers "+answer.Status, "see the worker's log, and its /readyz")
	}
	return well("pages", url+" answers")
}

// leastFree is how much room a disk is to have: a year of a large case is a hundredth of it.
const leastFree = 1 << 30

// folders are those in which a worker here keeps records and mails.
func (a *app) folders() []cases.Finding {
	var out []cases.Finding
	for _, f := range []struct{ what, variable, kind string }{{"records", "HTR_RECORDS", "records"}, {"outbox", "HTR_OUTBOX", "outbox"}} {
		dir := a.workersDir(f.variable, f.kind)
		info, err := os.Stat(dir)
		switch {
		case os.IsNotExist(err):
			out = append(out, well(f.what, "no folder "+dir+" here: the worker's is elsewhere, or it has not written yet"))
			continue
		case err != nil || !info.IsDir():
			out = append(out, ill(f.what, dir+" is no folder that can be read", "name the worker's by "+f.variable))
			continue
		}
		if broken := whole.SetAsides(dir); len(broken) > 0 {
			out = append(out, ill(f.what, "set aside as broken: "+strings.Join(broken, ", "), "look at each, and remove it when it is no longer needed"))
			continue
		}
		absolute, _ := filepath.Abs(dir)
		free, err := whole.Free(absolute)
		if err == nil && free < leastFree {
			out = append(out, ill(f.what, fmt.Sprintf("the disk of %s has %d MiB left", dir, free>>20), "make room: what cannot be written is not on file"))
			continue
		}
		says := dir
		if err == nil {
			says += fmt.Sprintf(", with %d GiB free", free>>30)
		}
		out = append(out, well(f.what, says))
	}
	return out
}
