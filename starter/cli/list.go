package cli

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/screen"
	"holdthering/verbs"
)

// listed is a case of the list with names beside its codes.
type listed struct {
	cases.Row
	StageWords   string `json:"stageWords"`
	ProviderName string `json:"providerName,omitempty"`
	HolderName   string `json:"ringHolderName,omitempty"`
	AreaName     string `json:"areaName,omitempty"`
}

func (a *app) listCommand() *cobra.Command {
	var stage, provider, area, owes, region string
	var f cases.Filter
	return look{
		use: "list [flags]", short: "All cases: where each stands, who holds the ring, what is due next",
		example: "list --overdue --area Q56",
		run: func(cmd *cobra.Command, _ []string, asJSON bool) error {
			if owes != "" || region != "" {
				return a.owes(cmd, owes, region, asJSON)
			}
			a.warnOfDirectory()
			names, err := lookUp()
			if err != nil {
				return err
			}
			if f.Stage, err = stageNamed(stage); err != nil {
				return err
			}
			if f.Provider, err = names.providerCode(provider); err != nil {
				return err
			}
			if f.Area, err = names.caseArea(area); err != nil {
				return err
			}
			return a.list(cmd, f, names, asJSON)
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&stage, "stage", "",
				"only cases at this `stage`: "+strings.Join(stageChoices(), ", "))
			set.StringVar(&provider, "provider", "",
				"only cases about this `provider`: code, or words of its name")
			set.StringVar(&area, "area", "", "only cases of this `area` team: code or name")
			set.StringVar(&owes, "owes", "", "what this `body` owes, in place of the cases (as 'owes --by')")
			set.StringVar(&region, "region", "", "what is owed in this `region`, in place of the cases (as 'owes --region')")
			set.BoolVar(&f.Overdue, "overdue", false, "only cases where something is overdue")
			set.BoolVar(&f.Ended, "ended", false, "also cases that have ended")
		},
		offers: map[string]cobra.CompletionFunc{"stage": fixed(stageChoices()), "area": verbs.OfferAreas,
			"provider": verbs.OfferProviders, "owes": verbs.OfferBodies, "region": verbs.OfferRegions},
	}.command()
}

func (a *app) list(cmd *cobra.Command, f cases.Filter, names lookup, asJSON bool) error {
	c, err := a.connect(cmd.Context())
	if err != nil {
		return err
	}
	defer c.Close()
	found, err := c.List(cmd.Context(), f)
	if err != nil {
		return err
	}
	a.tellOfRestore()
	a.tellOfBroken(a.workersDir("HTR_RECORDS", "records"), a.workersDir("HTR_OUTBOX", "outbox"))
	rows := make([]listed, len(found)) // an empty list in JSON, not null
	for i, r := range found {
		rows[i] = names.listed(r)
	}
	return a.answer(asJSON, rows, func() string { return listText(rows, a.width()) })
}

func (l lookup) listed(r cases.Row) listed {
	out := listed{Row: r, StageWords: l.stageWords(r)}
	if t, ok := l.ref.TrustRecord(r.Provider); ok {
		out.ProviderName = t.Provider.Name
	}
	if r.RingHolder != "" {
		out.HolderName = l.partyName(r.RingHolder)
	}
	if team, ok := l.ref.AreaTeam(r.Area); ok {
		out.AreaName = team.Name
	}
	return out
}

func listText(rows []listed, width int) string {
	if len(rows) == 0 {
		return "No case is like that; 'trigger' opens one, --ended shows those that have ended too."
	}
	t := screen.Table{Heads: []string{"CASE", "STAGE", "RING-HOLDER", "PROVIDER", "MEASURES", "NEXT DUE", "OVERDUE"}}
	all := make([]listRow, len(rows))
	for i, r := range rows {
		about := strings.TrimSpace(r.Provider + " " + short(r.ProviderName))
		all[i] = listRow{ref: r.Ref, about: about, stands: r.StageWords, standing: r.Standing, trouble: r.Trouble,
			held: r.Held, cells: []string{r.Ref, r.StageWords, cmp.Or(r.HolderName, "-"), about,
				measuresWords(r.Measures), nextDue(r.NextDue), overdue(r.Overdue)}}
	}
	return tableOf(t, all, "No case that is alive is like that.", "show", width)
}

// listRow is a case or a group in a list.
type listRow struct {
	ref, about, stands string
	standing           *cases.Standing // where something is wrong with it
	trouble            string          // with its record on file
	held               int             // mails
	cells              []string
}

// tableOf is the table of those that are alive, and below it what is wrong with any.
func tableOf(t screen.Table, rows []listRow, none, show string, width int) string {
	var wrong []troubled
	var held []heldAt
	files := map[string][]string{}
	for _, r := range rows {
		if r.standing != nil {
			wrong = append(wrong, troubled{r.ref, r.about, r.stands, *r.standing})
		}
		files[r.trouble] = append(files[r.trouble], r.ref)
		held = append(held, heldAt{r.ref, r.held})
		if r.standing == nil || !r.standing.Dead() { // what is due next in a dead one never comes
			t.Rows = append(t.Rows, r.cells)
		}
	}
	lines := []string{none}
	if len(t.Rows) > 0 {
		lines = t.Lines(width, "")
	}
	lines = append(lines, troubleLines(wrong, width)...)
	lines = append(lines, heldLines(held, show, width)...)
	return strings.Join(append(lines, filingLines(files, width)...), "\n")
}

// heldAt is how many mails one case or group holds.
type heldAt struct {
	ref   string
	mails int
}

// heldLines say below a list where mails do not go, which no mail can.
func heldLines(all []heldAt, show string, width int) []string {
	var where []string
	sum := 0
	for _, h := range all {
		if h.mails > 0 {
			sum += h.mails
			where = append(where, fmt.Sprintf("%s (%d)", h.ref, h.mails))
		}
	}
	if sum == 0 {
		return nil
	}
	const most = 10
	if more := len(where) - most; more > 0 {
		where = append(where[:most], fmt.Sprintf("and %d more", more))
	}
	return append([]string{""}, screen.Wrapped(fmt.Sprintf("MAILS DO NOT GO: %d held in %s. Why is in '%s'; nothing is lost.",
		sum, strings.Join(where, ", "), show), width)...)
}

func nextDue(at time.Time) string {
	if at.IsZero() {
		return "-"
	}
	return calendar.Short(at)
}

func overdue(n int) string {
	if n == 0 {
		return "-"
	}
	return strconv.Itoa(n)
}

// short leaves out of a trust's name what all of them have.
func short(name string) string {
	for _, tail := range []string{" NHS Foundation Trust", " NHS Trust"} {
		name = strings.TrimSuffix(name, tail)
	}
	return name
}

func measuresWords(s regime.MeasuresState) string {
	if s == "" || s == "NONE" {
		return "-"
	}
	return spoken(string(s))
}

// spoken makes a code of several words readable.
func spoken(code string) string { return strings.ReplaceAll(strings.ToLower(code), "_", " ") }

var stages = []regime.Stage{regime.UnderSurveillance, regime.Convening, regime.InSession, regime.Judging,
	regime.RingHolderPending, regime.Responding, regime.Monitoring, regime.StoodDown, regime.Closed}

// stageChoices are the stages as one writes them.
func stageChoices() []string {
	var out []string
	for _, s := range stages {
		out = append(out, strings.ReplaceAll(strings.ToLower(string(s)), "_", "-"))
	}
	return out
}

func stageNamed(text string) (regime.Stage, error) {
	if text == "" {
		return "", nil
	}
	for i, c := range stageChoices() {
		if strings.EqualFold(strings.ReplaceAll(text, "_", "-"), c) {
			return stages[i], nil
		}
	}
	return "", fmt.Errorf("--stage: %q is not one of %s", screen.Clipped(text, 40), strings.Join(stageChoices(), ", "))
}
