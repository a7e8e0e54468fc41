package regime

import (
	"strings"
	"time"
)

// ActionStatus is how far an action has come.
type ActionStatus string

// The states of an action.
const (
	ActionProposed    ActionStatus = "proposed"
	ActionAccepted    ActionStatus = "accepted"
	ActionDeclined    ActionStatus = "declined"
	ActionDone        ActionStatus = "done"
	ActionWithdrawn   ActionStatus = "withdrawn"
	ActionTransferred ActionStatus = "transferred"
)

// Redated is a date that was moved, and why.
type Redated struct {
	From time.Time `json:"from"`
	Why  string    `json:"why"`
}

// Rotation is how providers without pressing concerns take turns (003:L814).
type Rotation string

// The ways of taking turns.
const (
	ByType     Rotation = "type"
	ByDistrict Rotation = "district"
)

// Choices lists the ways.
func (Rotation) Choices() []string { return []string{string(ByType), string(ByDistrict)} }

// AtRisk is whose safeguarding is in question; different boards and laws answer for each.
type AtRisk string

// Those at risk.
const (
	Adult AtRisk = "adult"
	Child AtRisk = "child"
)

// Choices lists those at risk.
func (AtRisk) Choices() []string { return []string{string(Adult), string(Child)} }

// Rule is the number of the rule that safeguards them.
func (a AtRisk) Rule() string {
	if a == Child {
		return "R41"
	}
	return "R40"
}

// SourceKind is where a concern came from (003:L832; regime 2.5).
type SourceKind string

// Choices lists the kinds of source.
func (SourceKind) Choices() []string {
	return []string{
		"qsg-sharing", "whistleblower", "patient", "undercover-reporter", "media", "inspection",
		"contract-monitoring", "training-visit", "other",
	}
}

// WarningSection is the section of the Health and Social Care Act 2008 under which CQC warns.
type WarningSection string

// The sections.
const (
	S29  WarningSection = "S29"
	S29A WarningSection = "S29A"
)

// Choices lists the sections.
func (WarningSection) Choices() []string { return []string{string(S29), string(S29A)} }

// Words is the section in words.
func (s WarningSection) Words() string { return "section " + strings.TrimPrefix(string(s), "S") }

// Trust reports whether it is an NHS trust or a foundation trust.
func (t ProviderType) Trust() bool { return t == NHSTrust || t == FoundationTrust }
