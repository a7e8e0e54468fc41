package message

import (
	"encoding/json"
	"time"

	"holdthering/regime"
	"holdthering/regime/failure"
	"holdthering/regime/ledger"
	"holdthering/regime/surveillance"
)

// The activities that a case asks of the outside world, by name. package activities does
// them.
const (
	ActivitySendNotices = "SendNotices"
	ActivityKeepRecord  = "KeepRecord"
	ActivityTellGroups  = "TellGroups"
)

// Batch is all that is to be told at one moment: one activity sends all of its mails.
type Batch struct {
	Ref string `json:"ref"`
	// Group is the place of the surveillance group that tells ("Q56"); empty for a case.
	Group string `json:"group,omitempty"`
	// Scene is the group's, as in GroupInput.
	Scene         string          `json:"scene,omitempty"`
	Profile       string          `json:"profile"`
	Labels        regime.Labels   `json:"labels,omitzero"` // the profile's words, as for the provider
	Demonstration bool            `json:"demonstration,omitempty"`
	Now           time.Time       `json:"now"` // the case's own time
	Notices       []ledger.Notice `json:"notices"`
	// Names says what the recipients are called; Hows how each notice is answered.
	Names []regime.UnitName `json:"names"`
	Hows  []How             `json:"hows,omitempty"`
	// Held is how many mails of the sender's are held, and HeldWhy why, in words that may be logged.
	Held    int    `json:"held,omitempty"`
	HeldWhy string `json:"heldWhy,omitempty"`
	// Guests are the contacts of recipients that stand in no directory.
	Guests      []Guest  `json:"guests,omitempty"`
	Unconfirmed []string `json:"unconfirmed,omitempty"`
	Dates       []Date   `json:"dates,omitempty"`
	// Voices are who is behind those recipients that stand for a body which spoke in confidence. Nothing
	// that comes of a mail to one names the body.
	Voices  []Voice  `json:"voices,omitempty"`
	Threads []Thread `json:"threads,omitempty"`
	// Run begins as the id of the run that gave the batch, where that was not built up from one that was terminated: of
	// such a one a batch may have been lost. Empty of other runs, and of older programs.
	Run string `json:"run,omitempty"`
}

// Own: a batch is written by the program. One to a body that spoke in confidence is sealed as an act is.
func (b Batch) Own() int {
	if len(b.Voices) > 0 {
		return 0
	}
	return fine
}

// fine is how finely the length of what the program writes by itself may be told: see seal.Fine, which this package
// does not know.
const fine = 256

// Guest is where a guest of the case is told.
type Guest struct {
	Party   regime.Party `json:"party"`
	Contact string       `json:"contact"`
}

// MailRef is what the ids of the mails are made from. The groups of two scenes have one
// reference, and their mails must not be taken for each other.
func (b Batch) MailRef() string {
	if b.Scene == "" {
		return b.Ref
	}
	return b.Ref + "." + b.Scene
}

// How is what a notice asks of some of its recipients, and the commands that answer.
type How struct {
	Notice string `json:"notice"`
	// Ask is what is asked, of whom, and by which verbs: parted by commas.
	ledger.Ask
	// Unreached is whose contact is to be found.
	Unreached ledger.Mailbox `json:"unreached,omitzero"`
	// Said is what the mail service said of the mail that did not reach it.
	Said string `json:"said,omitempty"`
	// Contacts are that party's others, by role and name, as the directory has them when the mail
	// is written. The case does not know them.
	Contacts []string `json:"contacts,omitempty"`
}

// Voice is a recipient that stands for a body.
type Voice struct {
	Voice regime.Party `json:"voice"`
	Body  regime.Party `json:"body"`
}

// Behind is the body that a mail to the party goes to: itself, unless that is a voice.
func (b Batch) Behind(p regime.Party) regime.Party {
	for _, v := range b.Voices {
		if v.Voice == p {
			return v.Body
		}
	}
	return p
}

// Date is what a notice puts into calendars.
type Date struct {
	Notice string `json:"notice"`
	ledger.CalendarEntry
}

// Thread is the first mail to a party about what a notice is about, by its id.
type Thread struct {
	Notice string       `json:"notice"`
	Party  regime.Party `json:"party"`
	Mail   string       `json:"mail"`
}

// Report says what became of each mail of a batch.
type Report struct {
	Results []ledger.SendResult `json:"tellings"`
}

// Own: it says again whom the batch named.
func (r Report) Own() int { return fine }

// Register is the case, or the group, as it is put on file: what it carries, and what of it is over.
type Register struct {
	Case  *failure.Case       `json:"case,omitempty"`
	Group *surveillance.Group `json:"group,omitempty"`
	// Part goes into the register; nil where nothing is over.
	Part *Part `json:"part,omitempty"`
	// Unread: more follows at once, so that the record need not be written for people yet.
	Unread bool `json:"unread,omitempty"`
	// Scene is the group's, as in GroupInput.
	Scene string    `json:"scene,omitempty"`
	Now   time.Time `json:"now"`
	// Filed is when it was put on file before; zero for the first time.
	Filed time.Time `json:"filed,omitzero"`
}

// Part is what is over in a case or in a group, and leaves it for the register.
type Part struct {
	N      int                `json:"n"`
	Before string             `json:"before,omitempty"` // the digest of the part before
	Case   *ledger.Over       `json:"case,omitempty"`
	Group  *surveillance.Over `json:"group,omitempty"`
}

// Content is what goes into the register of it.
func (p Part) Content() ([]byte, error) {
	return json.Marshal(Part{Case: p.Case, Group: p.Group})
}

// Whole is a case with what has left it, by the contents of the parts of its register.
func Whole(c *failure.Case, contents [][]byte) (*failure.Case, error) {
	var left []ledger.Over
	for _, raw := range contents {
		var p Part
		if err := json.Unmarshal(raw, &p); err != nil {
			return nil, err
		}
		if p.Case != nil {
			left = append(left, *p.Case)
		}
	}
	return c.Whole(left), nil
}

// WholeGroup does the same for a group.
func WholeGroup(g *surveillance.Group, contents [][]byte) (*surveillance.Group, error) {
	var left []surveillance.Over
	for _, raw := range contents {
		var p Part
		if err := json.Unmarshal(raw, &p); err != nil {
			return nil, err
		}
		if p.Group != nil {
			left = append(left, *p.Group)
		}
	}
	return g.Whole(left), nil
}

// Filed answers it.
type Filed struct {
	// Apart: the folder does not have what was put on file before, which lies in another.
	Apart bool `json:"apart,omitempty"`
	// Digest is that of the part, which is in the register now; empty where there was none, or where it
	// could not be put there because those before it are not there (Behind).
	Digest string `json:"digest,omitempty"`
	Behind bool   `json:"behind,omitempty"`
}

// Own: there is nothing in it that anybody wrote.
func (f Filed) Own() int { return fine }

// Filing is how the record of a case or group on file stands.
type Filing struct {
	Last time.Time `json:"last,omitzero"` // when it was last put there
	// Failing is since when it cannot be; zero where it can.
	Failing time.Time `json:"failing,omitzero"`
	// Apart is when it went to another folder than the time before, where it is out of date; zero
	// where the last two went to one.
	Apart time.Time `json:"apart,omitzero"`
}

// Trouble is a code for the list, from a closed list: empty where all is well.
func (f Filing) Trouble() string {
	switch {
	case !f.Failing.IsZero():
		return TroubleRecord
	case !f.Apart.IsZero():
		return TroubleFolders
	}
	return ""
}

// What can be wrong beside a case or group.
const (
	TroubleRecord  = "RECORD_NOT_KEPT"
	TroubleFolders = "RECORD_IN_TWO_FOLDERS"
)

// News is what surveillance groups are let know: of a case, what a local group reports to its region,
// or what another group has open. Each group in being takes it as an act, under the request's key.
type News struct {
	Groups  []string                 `json:"groups"` // places: area teams and regions
	Request ledger.Request           `json:"request"`
	Case    *surveillance.NoteCase   `json:"case,omitempty"`
	Report  *surveillance.NoteReport `json:"report,omitempty"`
	Shared  *surveillance.NoteShared `json:"shared,omitempty"`
}

// Act is the act that the news is.
func (n News) Act() surveillance.Act {
	if n.Case != nil {
		return n.Case
	}
	if n.Shared != nil {
		return n.Shared
	}
	return n.Report
}
