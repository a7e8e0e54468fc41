package rehearsal

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/testsuite"

	"holdthering/activities"
	"holdthering/activities/directory"
	"holdthering/data"
	"holdthering/message"
	"holdthering/pages"
	"holdthering/record"
	"holdthering/regime"
)

// english are the bodies of England, and what is theirs alone.
var english = regexp.MustCompile(`\bCQC\b|Care Quality Commission|\bMonitor\b|\bMONITOR\b|\bTDA\b|NHS England|NHSCB|\bNHSE\b|\bCCGs?\b|` +
	`[Cc]linical commissioning|Healthwatch|HEALTHWATCH|[Ii]ntegrated care|\bICB\b|Recovery Support|Improvement Programme|\bHEE\b|\bLETB\b|` +
	`Health Education England|Public Health England|UKHSA|Secretary of State|Department of Health|[Aa]rea team|[Ff]oundation trust|` +
	`LSAMO|Safeguarding Adults Board|Safeguarding Children|Safeguarding Partners|[Rr]isk summit|Surveillance Group|Quality Group|NHS Improvement`)

// toldOf takes out what is no text of the program: the words of a line of the scenario that name England's on purpose.
var toldOf = regexp.MustCompile(`"CQC" is no body|there is no power "P-MON-1"`)

func namesNoEnglishBody(t *testing.T, what, text string) {
	t.Helper()
	text = toldOf.ReplaceAllString(text, "")
	for _, at := range english.FindAllStringIndex(text, 3) {
		t.Errorf("%s names %q: ...%s...", what, text[at[0]:at[1]], text[max(0, at[0]-80):min(len(text), at[1]+60)])
	}
}

// toTheEnd plays a scenario and keeps who looked on, and all mails.
func toTheEnd(t *testing.T, name string) (*player, []Event, *postbox) {
	t.Helper()
	s, err := load(filepath.Join(folder, name), name, "rehearsal")
	require.NoError(t, err)
	contacts, err := directory.FromText(withProvider(data.Directory, s.opening().Provider))
	require.NoError(t, err)
	post := &postbox{}
	hands := &activities.Activities{Channel: post, Directory: contacts}
	b := &offline{shelf: &shelf{asFiles: true}}
	b.register = func(env *testsuite.TestWorkflowEnvironment) {
		env.RegisterActivity(hands.SendNotices)
		env.RegisterActivityWithOptions(b.shelf.KeepRecord, activity.RegisterOptions{Name: message.ActivityKeepRecord})
	}
	var events []Event
	p := &player{script: s, backend: b, observer: newObserver(""), tell: func(e Event) { events = append(events, e) }}
	require.NoError(t, p.play(t.Context()))
	require.Zero(t, p.wrong)
	return p, events, post
}

func TestNoEnglishBodyIsNamedAnywhereInAWelshCase(t *testing.T) {
	p, events, post := toTheEnd(t, "welsh-summit.txt")
	for _, e := range events {
		namesNoEnglishBody(t, "what is told", e.Text)
	}
	require.Greater(t, len(post.mails), 100)
	for _, m := range post.mails {
		namesNoEnglishBody(t, "a mail", m.Subject+"\n"+m.Text+"\n"+m.HTML)
	}
	c, g := p.observer.c, p.groups[0].g
	now := p.observer.now
	papers := map[string]string{
		"record": record.Markdown(c, now), "group's record": record.GroupMarkdown(g, now),
		"board": c.Board(now), "summary": fmt.Sprintf("%+v", record.Summarise(c, now)),
	}
	html, err := record.HTML(c, now)
	require.NoError(t, err)
	papers["record in HTML"] = html
	html, err = record.GroupHTML(g, now)
	require.NoError(t, err)
	papers["group's record in HTML"] = html
	for what, text := range papers {
		require.NotEmpty(t, text)
		namesNoEnglishBody(t, what, text)
	}
	asked := 0
	for _, one := range c.Explained() {
		e, err := c.Why(one.On)
		require.NoError(t, err, one.On)
		namesNoEnglishBody(t, "why "+one.On, fmt.Sprintf("%+v", e))
		asked++
	}
	for _, one := range g.Explained() {
		e, err := g.Why(one.On)
		require.NoError(t, err, one.On)
		namesNoEnglishBody(t, "group why "+one.On, fmt.Sprintf("%+v", e))
		asked++
	}
	require.Greater(t, asked, 100)
}

// Every form of the desk and of members' pages, for every body at the table.
func TestNoEnglishBodyIsNamedInAFormOfAWelshCase(t *testing.T) {
	p, _, _ := toTheEnd(t, "welsh-summit.txt")
	forms := 0
	for _, clerk := range []pages.Clerk{{Case: p.observer.c, Now: p.observer.now}, {Group: p.groups[0].g, Now: p.observer.now}} {
		for _, d := range clerk.Owed() {
			namesNoEnglishBody(t, "what is owed", fmt.Sprintf("%+v", d))
		}
		for _, chapter := range clerk.Chapters() {
			for _, way := range chapter.Ways {
				namesNoEnglishBody(t, "an act", way.Summary)
				for _, by := range clerk.Parties() {
					form, ok := clerk.Form(way.Slug, by, map[string][]string{})
					if !ok {
						continue
					}
					forms++
					raw, err := json.Marshal(form.Sheet("/"))
					require.NoError(t, err)
					namesNoEnglishBody(t, way.Slug+" by "+string(by), string(raw))
				}
			}
		}
	}
	require.Greater(t, forms, 100)
}

// What the profile itself says, apart from what it says that it has not of England's.
func TestNoRowOfWALESNamesAnEnglishBody(t *testing.T) {
	p, ok := regime.ProfileNamed("WALES")
	require.True(t, ok)
	rows := 0
	for _, r := range p.LawRows() {
		raw, err := json.Marshal(r)
		require.NoError(t, err)
		text := string(raw)
		if r.Section == "removed" || strings.Contains(text, `"removed":true`) {
			continue
		}
		rows++
		namesNoEnglishBody(t, r.Section+" "+r.Key, text)
	}
	require.Greater(t, rows, 200)
}
