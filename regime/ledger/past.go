package ledger

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"reflect"
	"slices"
	"strconv"
	"time"

	"holdthering/regime"
)

// Past is what a ledger knows of what is over and has left it for the register: how much there is, the
// digest that it must fit, and which requests have been done.
type Past struct {
	// Parts is how many parts of the register there are, Digest that of the last.
	Parts  int    `json:"parts"`
	Digest string `json:"digest"`

	Duties  int `json:"duties,omitempty"`
	Notices int `json:"notices,omitempty"`
	Entries int `json:"entries,omitempty"`
	// Acts are the marks of the requests behind the latest entries that have left, markBytes each and mostMarks at
	// most. Lately are those that may still be the same content typed twice.
	Acts   []byte   `json:"acts,omitempty"`
	Lately []lately `json:"lately,omitempty"`
}

// lately is the entry of an act that left before the repeat window was over.
type lately struct {
	Mark []byte    `json:"mark"`
	N    int       `json:"n"`
	At   time.Time `json:"at"`
}

// Over is what is over: nothing that a rule may still ask of it is in it.
type Over struct {
	Duties  []Duty   `json:"duties,omitempty"`
	Notices []Notice `json:"notices,omitempty"`
	Entries []Entry  `json:"entries,omitempty"`
}

// Empty reports whether there is nothing in it.
func (o Over) Empty() bool { return len(o.Duties)+len(o.Notices)+len(o.Entries) == 0 }

// Size is about how many bytes it takes.
func (o Over) Size() int {
	n := 300 * (len(o.Duties) + len(o.Entries))
	for _, x := range o.Notices {
		n += 300 + len(x.Text) + 250*len(x.To)
	}
	for _, e := range o.Entries {
		n += len(e.Text)
	}
	return n
}

// Full reports whether more may have been left for another time.
func (o Over) Full() bool { return o.Size() > mostAtOnce/2 }

// Written is how much stands in the entries, in bytes.
func (l *Ledger) Written() int {
	n := 0
	for i := range l.Entries {
		n += len(l.Entries[i].Text)
	}
	return n
}

const (
	// StaysFor is for how long what is over stays at hand all the same. Our choice: longer than the
	// ledger itself looks back (longestHold), and than a mail service takes to tell of a mail.
	StaysFor = 28 * 24 * time.Hour
	// lastStaying is how many of the latest entries always stay: a board shows fewer.
	lastStaying = 12
	// mostText is how much may be written in the entries that stay only for their age, in bytes.
	mostText = 24 << 10
	// mostAtOnce bounds, in bytes, what leaves at one time.
	mostAtOnce = 1 << 20
)

// Needs tell what a case or a group still asks of what is over. A nil one needs nothing.
type Needs struct {
	Duty   func(Duty) bool
	Notice func(Notice) bool
	Entry  func(Entry) bool
}

// Over is a copy of what is over, as everybody may see it; no more of it than goes at one time.
func (l *Ledger) Over(now time.Time, needs Needs) Over {
	before := now.Add(-StaysFor)
	stays := map[string]bool{} // the duties that somebody asks for
	for _, d := range l.Duties {
		stays[d.ID] = d.Open() || !d.Ended.Before(before) || needs.Duty != nil && needs.Duty(d)
	}
	var out Over
	size := 0
	full := func(more Over) bool {
		size += more.Size()
		return size > mostAtOnce
	}
	digests := map[Mailbox]bool{} // whose staying digest a later one has overtaken
	between := l.remindedBetween()
	for i, n := range l.Notices {
		to := Mailbox{n.To[0].Party, n.To[0].Level}
		asked := !between[n.ID] && (n.Duty != "" && stays[n.Duty] || n.Entry != "" && stays[n.Entry])
		switch {
		case asked || !l.noticeOver(i, before) || needs.Notice != nil && needs.Notice(n) || n.Kind == digestKind && digests[to]:
			stays[n.Duty], stays[n.Entry] = true, true
			digests[to] = digests[to] || n.Kind == digestKind
		case !full(Over{Notices: []Notice{n}}):
			out.Notices = append(out.Notices, n)
		}
	}
	delete(stays, "")
	out.Notices = slices.DeleteFunc(out.Notices, func(n Notice) bool { return (stays[n.Duty] || stays[n.Entry]) && !between[n.ID] })
	for _, d := range l.Duties { // not before all its notices
		if !stays[d.ID] && !full(Over{Duties: []Duty{d}}) {
			d.nextCheck = time.Time{}
			out.Duties = append(out.Duties, d)
		}
	}
	for _, e := range l.entriesOver(before, needs.Entry) {
		if full(Over{Entries: []Entry{e}}) {
			break
		}
		out.Entries = append(out.Entries, e.Shown())
	}
	OwnCopy(&out)
	return out
}

// noticeOver reports whether nothing is to be told any more by the notice, and nothing will be heard of it.
func (l *Ledger) noticeOver(i int, before time.Time) bool {
	n := &l.Notices[i]
	if !n.Settled || !n.At.Before(before) {
		return false
	}
	for j := range n.To {
		r := &n.To[j]
		to := Mailbox{r.Party, r.Level}
		if !r.lastMoved().Before(before) || r.State.failed() && (l.ofUse(i, to) || l.isLookedFor(to)) {
			return false
		}
	}
	return true
}

// reminder is what one rung has told one contact of a duty, as it was due.
type reminder struct {
	duty string
	rung int
	by   int64
	who  Mailbox
}

// remindedBetween are the reminders after the first of their rung and before its latest, to each contact that
// they went to: the first begins the thread, the latest holds, and nothing is asked of those between, however long
// the duty goes on.
func (l *Ledger) remindedBetween() map[string]bool {
	first, last := map[reminder]int{}, map[reminder]int{}
	each := func(n *Notice, do func(reminder, *Recipient)) {
		for j := range n.To {
			do(reminder{n.Duty, n.Rung, n.By.Unix(), Mailbox{n.To[j].Party, n.To[j].Level}}, &n.To[j])
		}
	}
	for i := range l.Notices {
		each(&l.Notices[i], func(r reminder, to *Recipient) {
			if _, begun := first[r]; !begun && to.went() {
				first[r] = i
			}
			last[r] = i
		})
	}
	between := map[string]bool{}
	for i := range l.Notices {
		n := &l.Notices[i]
		over := n.Rung > 0 && n.Duty != "" && n.Entry == ""
		each(n, func(r reminder, to *Recipient) {
			begun, any := first[r]
			over = over && any && begun < i && i < last[r] && !to.Entry && !to.NoLink
		})
		if over {
			between[n.ID] = true
		}
	}
	return between
}

// isLookedFor reports whether somebody owes another contact in the place of one: the mails that failed to reach it
// are what that rests on.
func (l *Ledger) isLookedFor(who Mailbox) bool {
	return slices.ContainsFunc(l.Duties, func(d Duty) bool { return d.Open() && d.Unreached == who })
}

// lastMoved is when something was last heard or done of the recipient's mail.
func (r *Recipient) lastMoved() time.Time {
	last := r.NotBefore
	for _, t := range []time.Time{r.Refused, r.Met, r.Times.Sent, r.Times.Tried, r.Times.Accepted, r.Times.Deferred,
		r.Times.Delivered, r.Times.Failed, r.Times.FirstEvent} {
		if t.After(last) {
			last = t
		}
	}
	return last
}

// entriesOver are the entries that may leave, the oldest first: those that are old enough, and where much
// was written the notes and acknowledgements of any age, which no rule looks back at.
func (l *Ledger) entriesOver(before time.Time, needed func(Entry) bool) []Entry {
	text := 0
	for _, e := range l.Entries {
		text += len(e.Text)
	}
	var out []Entry
	for i := 1; i < len(l.Entries)-lastStaying; i++ { // the first says since when there is a chronology
		e := l.Entries[i]
		_, unasked := quiet[e.Verb]
		if needed != nil && needed(e) || !e.At.Before(before) && (text <= mostText || !unasked) {
			continue
		}
		text -= len(e.Text)
		out = append(out, e)
	}
	return out
}

// LetGo takes out what is on file now, as the part of the register with this digest. What has changed since
// it was put there stays, and goes with a later part.
func (l *Pen) LetGo(o Over, digest string, now time.Time) {
	l.Past.Parts++
	l.Past.Digest = digest
	gone := kept(o.Duties, Duty.number)
	l.Duties = slices.DeleteFunc(l.Duties, func(d Duty) bool {
		d.nextCheck, d.fresh = time.Time{}, false
		return same(gone, d.number(), d)
	})
	told := kept(o.Notices, Notice.number)
	l.Notices = slices.DeleteFunc(l.Notices, func(n Notice) bool {
		return same(told, n.number(), n)
	})
	said := kept(o.Entries, Entry.number)
	l.Entries = slices.DeleteFunc(l.Entries, func(e Entry) bool {
		if !same(said, e.N, e.Shown()) {
			return false
		}
		l.remember(e, now)
		return true
	})
	l.Past.Duties, l.Past.Notices, l.Past.Entries = l.Past.Duties+len(o.Duties), l.Past.Notices+len(o.Notices),
		l.Past.Entries+len(o.Entries)
	l.Past.Lately = slices.DeleteFunc(l.Past.Lately, func(x lately) bool { return !l.inWindow(x.At, now) })
}

func kept[T any](all []T, number func(T) int) map[int]T {
	out := make(map[int]T, len(all))
	for _, x := range all {
		out[number(x)] = x
	}
	return out
}

func same[T any](all map[int]T, n int, is T) bool {
	was, ok := all[n]
	return ok && reflect.DeepEqual(was, is)
}

func numbered(id string) int {
	n, _ := strconv.Atoi(id[1:])
	return n
}

func (d Duty) number() int   { return numbered(d.ID) }
func (n Notice) number() int { return numbered(n.ID) }
func (e Entry) number() int  { return e.N }

// PutBack makes a copy of the ledger whole again, by what has left it in the order in which it did.
func (l *Pen) PutBack(parts []Over) {
	var duties []Duty
	var notices []Notice
	var entries []Entry
	for _, o := range parts {
		duties, notices, entries = append(duties, o.Duties...), append(notices, o.Notices...), append(entries, o.Entries...)
	}
	l.Duties = latest(append(duties, l.Duties...), Duty.number)
	l.Notices = latest(append(notices, l.Notices...), Notice.number)
	l.Entries = latest(append(entries, l.Entries...), Entry.number)
}

// latest are all by their number, of each the last.
func latest[T any](all []T, number func(T) int) []T {
	slices.SortStableFunc(all, func(a, b T) int { return cmp.Compare(number(a), number(b)) })
	out := all[:0]
	for i, x := range all {
		if i+1 == len(all) || number(all[i+1]) != number(x) {
			out = append(out, x)
		}
	}
	return out
}

const (
	keyBytes, printBytes, numberBytes = 6, 4, 3
	markBytes                         = keyBytes + printBytes + numberBytes
	// mostMarks is how many acts must have left after one until its key is forgotten. Our choice: a case has some
	// hundreds in its life, a busy group as many in four years.
	mostMarks = 1500
)

// remember keeps the mark of an entry's request, so that its key is known.
func (l *Pen) remember(e Entry, now time.Time) {
	if e.Key != "" {
		l.Past.Acts = append(l.Past.Acts, digested(e.Key, keyBytes)...)
		l.Past.Acts = append(l.Past.Acts, digested(contentOf(e.Verb, e.Fingerprint, e.By.For), printBytes)...)
		l.Past.Acts = append(l.Past.Acts, binary.BigEndian.AppendUint32(nil, uint32(e.N))[4-numberBytes:]...)
		l.Past.Acts = l.Past.Acts[max(0, len(l.Past.Acts)-mostMarks*markBytes):]
	}
	if e.Fingerprint != "" && l.inWindow(e.At, now) {
		l.Past.Lately = append(l.Past.Lately, lately{digested(e.Fingerprint, keyBytes), e.N, e.At})
	}
}

func (l *Ledger) inWindow(at, now time.Time) bool {
	return now.Before(l.subject.Profile().RepeatWindow.After(at))
}

func digested(s string, n int) []byte {
	sum := sha256.Sum256([]byte(s))
	return sum[:n]
}

// contentOf is what an entry's request said, as sameContent compares it.
func contentOf(verb, fingerprint string, by regime.Party) string {
	return verb + "\x00" + cmp.Or(fingerprint, "\x00"+string(by))
}

// doneBefore finds the entry of a request among those that have left: by its key, 0 where it was never used;
// other reports whether it was used for something else.
func (p *Past) doneBefore(req Request, verb string, by regime.Party) (n int, other bool) {
	key, content := digested(req.Key, keyBytes), digested(contentOf(verb, req.Fingerprint, by), printBytes)
	for i := 0; i+markBytes <= len(p.Acts); i += markBytes {
		mark := p.Acts[i : i+markBytes]
		if bytes.Equal(mark[:keyBytes], key) {
			number := binary.BigEndian.Uint32(append(make([]byte, 4-numberBytes), mark[keyBytes+printBytes:]...))
			return int(number), !bytes.Equal(mark[keyBytes:keyBytes+printBytes], content)
		}
	}
	return 0, false
}

// saidLately is the entry of the same content a short while ago, 0 where there is none.
func (l *Ledger) saidLately(print string, now time.Time) int {
	for _, x := range l.Past.Lately {
		if bytes.Equal(x.Mark, digested(print, keyBytes)) && l.inWindow(x.At, now) {
			return x.N
		}
	}
	return 0
}

// left stands for an entry that has left, in the answer to who repeats its request.
func left(n int, verb string, now time.Time) Entry {
	return Entry{N: n, At: now, Verb: verb, Text: "Recorded before, as entry " + strconv.Itoa(n) + "; the record has its words."}
}
