package failure

import (
	"slices"

	"holdthering/regime"
	"holdthering/regime/words"
)

// mayWantAction: the commissioners, and the bodies that enforce beside CQC, may determine that
// focussed action is required where no breach was found (003:L836).
func (c *Case) mayWantAction(b regime.Body) bool {
	return c.profile().Fills(b, regime.Commissioners) || c.profile().Fills(b, regime.Enforcers)
}

// wantAction are the bodies whose latest view is open and determines that focussed action is
// required.
func (c *Case) wantAction() []regime.Party {
	latest := map[regime.Party]MemberJudgement{}
	for _, v := range c.OwnViews {
		latest[v.By.For] = v
	}
	var out []regime.Party
	for _, v := range c.OwnViews {
		if l := latest[v.By.For]; l.Wants && !l.Sealed && !slices.Contains(out, v.By.For) {
			out = append(out, v.By.For)
		}
	}
	return out
}

// nobodyWantsAction refuses a judgement that ends the track over a body which determined that
// focussed action is required (T5). What is sealed is opened first, whatever it says: a refusal
// that depended on it would tell what it says.
func (c *Case) nobodyWantsAction() error {
	if want := c.wantAction(); len(want) > 0 {
		return regime.Refusef("T5", "focussed action is required, as %s determined; then it is "+
			"'no-failure-but-focussed-action', or a later view takes that back.", c.names(want))
	}
	if c.sealedViews() > 0 {
		return regime.Refusef("T5", "the sealed views are opened before a judgement that ends the track: "+
			"'judgement unseal'.")
	}
	return nil
}

// besideNoFailure is what goes on, or stands, beside a judgement of no failure (A21, R3).
func (c *Case) besideNoFailure() string {
	text := ""
	if n := len(c.Regulatory); n > 0 {
		if v := c.Regulatory[n-1].Value; v == BreachSignificant || v == PotentialBreach {
			text = c.says(" {inspector}'s own judgement stands beside it: ") + words.Plain(string(v)) + " (A21)."
		}
	}
	var intend []regime.Party
	for _, v := range c.OwnViews {
		if v.Intends != "" && !slices.Contains(intend, v.By.For) {
			intend = append(intend, v.By.For)
		}
	}
	if len(intend) > 0 {
		text += " By itself each goes on with what it intends: " + c.names(intend) + " (R3)."
	}
	return text
}
