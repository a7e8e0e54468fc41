package failure

import (
	"strings"

	"holdthering/regime"
	"holdthering/regime/ledger"
	"holdthering/regime/words"
)

// Why explains a duty ("D7"), a mail ("n12"), an entry of the chronology ("14"), a rule
// ("R27"), what became of an action or a notice ("A1", "W1"), or that a party was told and invited or was not ("POLICE", "Police"). It knows no
// more than Public shows. What the case does not hold is a *Mistake.
func (c *Case) Why(what string) (ledger.Explanation, error) {
	c, what = c.Public(), strings.TrimSpace(what)
	if e, ok := c.Explain(what); ok {
		return e, nil
	}
	if e, ok := c.explainItem(strings.ToUpper(what)); ok {
		return e, nil
	}
	if !ledger.Numbered(what) {
		if r, ok := regime.RuleNamed(strings.ToUpper(what)); ok {
			return c.whyRule(r), nil
		}
		if p, ok := ledger.PartyCalled(subject{c}, c.Units, what); ok {
			return c.whyParty(p), nil
		}
	}
	return ledger.Explanation{}, ledger.Unexplained("case "+c.Ref, what)
}

func (c *Case) whyRule(r regime.Rule) ledger.Explanation {
	e := ledger.Explanation{About: r.ID, Title: r.Says, Rules: []regime.Rule{r}}
	e.AddPoint("holds as", r.Kind.Words())
	var owed []string
	for _, d := range c.Duties {
		if row, _ := c.profile().Duty(d.Kind); row.Rule == r.ID {
			owed = append(owed, d.ID+" ("+c.Says(d)+")")
		}
	}
	e.AddPoint("here", strings.Join(owed, "; "))
	var by []string
	for _, v := range verbs {
		if words.HasWord(v.Rules, r.ID) {
			by = append(by, "'"+v.Path+"'")
		}
	}
	if len(by) > 0 {
		e.AddPoint("commands", words.List(by))
	}
	return e
}
