package cli

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"holdthering/cases"
	"holdthering/regime"
	"holdthering/regime/calendar"
	"holdthering/regime/failure"
	"holdthering/regime/words"
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

// listFlags narrow the list of cases.
type listFlags struct {
	stage, provider, area, region, body, measures, owes string
	sheet
	cases.Filter
	party    regime.Party
	measured regime.MeasuresState
}

func (a *app) listCommand() *cobra.Command {
	var f listFlags
	return look{
		use: "list [flags]", short: "All cases: where each stands, who holds the ring, what is due next",
		example: "list --overdue --area Q56",
		run: func(cmd *cobra.Command, _ []string, asJSON bool) error {
			if err := f.sheet.check(); err != nil {
				return err
			}
			if f.owes != "" {
				return a.owes(cmd, owesFlags{by: f.owes, region: f.region, sheet: f.sheet}, asJSON)
			}
			a.warnOfDirectory()
			names, err := lookUp()
			if err == nil {
				err = f.read(names)
			}
			if err != nil {
				return err
			}
			return a.list(cmd, f, names, asJSON)
		},
		flags: func(set *pflag.FlagSet) {
			set.StringVar(&f.stage, "stage", "",
				"only cases at this `stage`: "+strings.Join(stageChoices(), ", "))
			set.StringVar(&f.provider, "provider", "",
				"only cases about this `provider`: code, or words of its name")
			set.StringVar(&f.area, "area", "", "only cases of this `area` team: code or name")
			set.StringVar(&f.region, "region", "", "only cases of this `region`: Y55, or its name")
			set.StringVar(&f.body, "body", "", "only cases in which this `body` is a member: CQC, CCG/07J, or a name")
			set.StringVar(&f.measures, "measures", "",
				"only cases in which special measures stand so, a `state`: none, "+strings.Join(measuresChoices(), ", "))
			set.StringVar(&f.owes, "owes", "", "what this `body` owes, in place of the cases (as 'owes --by')")
			set.BoolVar(&f.Overdue, "overdue", false, "only cases where something is overdue")
			set.BoolVar(&f.Ended, "ended", false, "also cases that have ended")
			f.sheet.bind(set)
		},
		offers: map[string]cobra.CompletionFunc{"stage": fixed(stageChoices()), "area": verbs.OfferAreas,
			"provider": verbs.OfferProviders, "owes": verbs.OfferBodies, "region": verbs.OfferRegions,
			"body": verbs.OfferBodies, "format": fixed(sheetFormats), "measures": fixed(append([]string{"none"}, measuresChoices()...))},
	}.command()
}

func (f *listFlags) read(names lookup) error {
	var err error
	if f.Stage, err = stageNamed(f.stage); err != nil {
		return err
	}
	if f.Provider, err = names.providerCode(f.provider); err != nil {
		return err
	}
	if f.Area, err = names.caseArea(f.area); err != nil {
		return err
	}
	if f.region != "" {
		if f.region, _, err = regionNamed(f.region); err != nil {
			return err
		}
	}
	if f.body != "" {
		if f.party, err = verbs.Party(f.body); err != nil {
			return fmt.Errorf("--body: %w", err)
		}
	}
	if f.measures == "" {
		return nil
	}
	for _, s := range append([]string{"none"}, measuresChoices()...) {
		if strings.EqualFold(strings.ReplaceAll(f.measures, "_", "-"), s) {
			f.measured = regime.MeasuresState(strings.ReplaceAll(strings.ToUpper(s), "-", "_"))
			return nil
		}
	}
	return fmt.Errorf("--measures: %q is not one of none, %s", screen.Clipped(f.measures, 40), strings.Join(measuresChoices(), ", "))
}

func measuresChoices() []string {
	var out []string
	for _, s := range regime.MeasuresState("").Choices() {
		out = append(out, strings.ReplaceAll(strings.ToLower(s), "_", "-"))
	}
	return out
}

func (a *app) list(cmd *cobra.Command, f listFlags, names lookup, asJSON bool) error {
	c, err := a.connect(cmd.Context())
	if err != nil {
		return err
	}
	defer c.Close()
	found, err := c.List(cmd.Context(), f.Filter)
	if err != nil {
		return err
	}
	if found, err = a.among(cmd.Context(), c, f, names, found); err != nil {
		return err
	}
	a.tellOfRestore()
	a.tellOfBroken(a.workersDir("HTR_RECORDS", "records"), a.workersDir("HTR_OUTBOX", "outbox"))
	rows := make([]listed, len(found)) // an empty list in JSON, not null
	for i, r := range found {
		rows[i] = names.listed(r)
	}
	if f.csv() && !asJSON {
		_, err := fmt.Fprint(a.Stdout, listTable(rows).CSV())
		return err
	}
	return a.answer(asJSON, rows, func() string { return listText(rows, a.width()) })
}

// among leaves those that fit what no search attribute says: the region, the members. Those that the list alone
// cannot tell are asked; one that does not answer stays, and is named.
func (a *app) among(ctx context.Context, c cases.Cases, f listFlags, l lookup, all []cases.Row) ([]cases.Row, error) {
	fits := map[string]bool{}
	var ask []string
	for _, r := range all {
		team, known := l.ref.AreaTeam(r.Area)
		switch {
		case f.measured != "" && r.Measures != f.measured, f.region != "" && known && team.Region != f.region:
			continue
		case f.party != "" || f.region != "" && !known:
			ask = append(ask, r.Ref)
		}
		fits[r.Ref] = true
	}
	var lock sync.Mutex
	unasked, err := cases.Each(ctx, ask, func(ctx context.Context, ref string) error {
		s, err := c.Snapshot(ctx, ref)
		if err != nil {
			return err
		}
		lock.Lock()
		defer lock.Unlock()
		fits[ref] = f.fits(s.Case.Public())
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(unasked) > 0 {
		a.note("No answer from " + strings.Join(unasked, ", ") + "; they are listed whether they fit or not.")
	}
	return slices.DeleteFunc(slices.Clone(all), func(r cases.Row) bool { return !fits[r.Ref] }), nil
}

func (f listFlags) fits(k *failure.Case) bool {
	return (f.region == "" || k.Provider.Region == f.region) &&
		(f.party == "" || slices.ContainsFunc(k.Members, func(m failure.Member) bool {
			return m.Party == f.party || f.party.Unit() == "" && m.Party.Body() == f.party.Body()
		}))
}

// listTable has every column, for a spreadsheet.
func listTable(rows []listed) words.Table {
	t := words.Table{Columns: []string{"Case", "Stage", "Ring-holder", "Provider", "Name", "Type", "Area", "Area name",
		"Special measures", "Next due", "Overdue", "Mails held", "Ended"}}
	for _, r := range rows {
		next, ended := "", ""
		if !r.NextDue.IsZero() {
			next = r.NextDue.In(calendar.London).Format("2006-01-02 15:04")
		}
		if r.Ended {
			ended = "yes"
		}
		t.Rows = append(t.Rows, []string{r.Ref, r.StageWords, r.HolderName, r.Provider, r.ProviderName, spoken(string(r.ProviderType)),
			r.Area, r.AreaName, strings.TrimPrefix(measuresWords(r.Measures), "-"), next, strconv.Itoa(r.Overdue), strconv.Itoa(r.Held), ended})
	}
	return t
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
