package events_test

import (
	"bytes"
	"cmp"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/sendgrid/sendgrid-go/helpers/eventwebhook"
	"github.com/stretchr/testify/require"

	"holdthering/regime/ledger"
	"holdthering/worker/events"
	"holdthering/worker/metrics"
)

var now = time.Unix(1_700_000_000, 0)

const (
	mailA = "11111111-2222-5333-8444-555555555555"
	mailB = "21111111-2222-5333-8444-555555555555"
)

// service is the mail service with a key of its own.
type service struct {
	*testing.T
	key *ecdsa.PrivateKey
}

func newService(t *testing.T) service {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	return service{t, key}
}

func (s service) public() string {
	der, err := x509.MarshalPKIXPublicKey(&s.key.PublicKey)
	require.NoError(s, err)
	return base64.StdEncoding.EncodeToString(der)
}

func (s service) keys() events.Keys {
	keys, err := events.ParseKeys(s.public())
	require.NoError(s, err)
	return keys
}

// posts is the request that the service makes of a body at a time.
func (s service) posts(body string, at time.Time) *http.Request {
	stamp := fmt.Sprint(at.Unix())
	sum := sha256.Sum256([]byte(stamp + body))
	signature, err := ecdsa.SignASN1(rand.Reader, s.key, sum[:])
	require.NoError(s, err)
	q := httptest.NewRequest(http.MethodPost, events.Path, strings.NewReader(body))
	q.Header.Set(events.TimestampHeader, stamp)
	q.Header.Set(events.SignatureHeader, base64.StdEncoding.EncodeToString(signature))
	return q
}

// register is the cases that take events; absent and deaf ones do not.
type register struct {
	mu    sync.Mutex
	taken map[string][]ledger.MailEvent
	fails map[string]error
	// silent never answers; took is closed when another case has its events.
	silent string
	took   chan struct{}
}

func (r *register) Take(ctx context.Context, ref string, es []ledger.MailEvent) error {
	if ref == r.silent {
		<-ctx.Done()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if err := cmp.Or(r.fails[ref], ctx.Err()); err != nil {
		return err
	}
	if r.took != nil {
		close(r.took)
	}
	if r.taken == nil {
		r.taken = map[string][]ledger.MailEvent{}
	}
	r.taken[ref] = append(r.taken[ref], es...)
	return nil
}

func answer(k events.Keys, r *register, q *http.Request) (int, string) {
	var log bytes.Buffer
	w := httptest.NewRecorder()
	(&events.Receiver{Keys: k, Cases: r, Now: func() time.Time { return now },
		Log: slog.New(slog.NewTextHandler(&log, nil))}).ServeHTTP(w, q)
	return w.Code, log.String()
}

func line(event, mail, ref string) string {
	return fmt.Sprintf(`{"email":"SECRET@x.example","timestamp":1699999990,"event":%q,"reason":"SECRET",`+
		`"sg_event_id":"e1","holdthering_notice":%q,"holdthering_case":%q}`, event, mail, ref)
}

func batchOf(lines ...string) string { return "[" + strings.Join(lines, ",\r\n") + "]\r\n" }

func TestEachCaseTakesItsOwnEventsInTheirOrder(t *testing.T) {
	s, r := newService(t), &register{}
	code, _ := answer(s.keys(), r, s.posts(batchOf(line("processed", mailA, "K7QM-3XRD"),
		line("bounce", mailB, "group-Q56"), line("delivered", mailA, "K7QM-3XRD")), now))
	require.Equal(t, 200, code)
	at := time.Unix(1699999990, 0).UTC()
	require.Equal(t, map[string][]ledger.MailEvent{
		"K7QM-3XRD": {{Mail: mailA, State: ledger.StateAccepted, At: at}, {Mail: mailA, State: ledger.StateDelivered, At: at}},
		"group-Q56": {{Mail: mailB, State: ledger.StateBounced, At: at, About: ledger.MatterRecipient,
			Reason: "...", Sign: "bounce"}},
	}, r.taken)
}

func TestWhatIsNotOfOurMailsIsTakenAndLeftAside(t *testing.T) {
	s, r := newService(t), &register{}
	for _, l := range []string{line("machine_opened", mailA, "K7QM-3XRD"), line("bounce", "x", "K7QM-3XRD"),
		line("bounce", mailA, "../x"), `{"event":"bounce","timestamp":1}`,
		`{"event":"bounce","holdthering_notice":7,"holdthering_case":[]}`} {
		code, _ := answer(s.keys(), r, s.posts(batchOf(l), now))
		require.Equal(t, 200, code, l)
	}
	require.Empty(t, r.taken)
}

func TestAMailThatWasOnlyOpenedOrClickedHasBeenHeardOf(t *testing.T) {
	for _, event := range []string{"open", "click", "unsubscribe", "group_unsubscribe"} {
		s, r := newService(t), &register{}
		code, _ := answer(s.keys(), r, s.posts(batchOf(line(event, mailA, "K7QM-3XRD")), now))
		require.Equal(t, 200, code)
		require.Equal(t, ledger.StateDelivered, r.taken["K7QM-3XRD"][0].State, event)
	}
}

func TestWhatTheServiceBlocksOrDropsIsAboutWhatItSays(t *testing.T) {
	for _, row := range []struct {
		event, kind, status, reason string
		state                       ledger.DeliveryState
		about                       ledger.Matter
	}{
		{"bounce", "bounce", "5.1.1", "550 no such user", ledger.StateBounced, ledger.MatterRecipient},
		{"bounce", "", "", "unknown", ledger.StateBounced, ledger.MatterRecipient},
		{"bounce", "bounce", "5.2.2", "full", ledger.StateBounced, ledger.MatterRecipient},
		{"bounce", "bounce", "5.7.1", "a rule", ledger.StateBlocked, ledger.MatterPolicy},
		{"bounce", "blocked", "", "low reputation", ledger.StateBlocked, ledger.MatterPolicy},
		{"bounce", "blocked", "5.7.26", "DMARC", ledger.StateBlocked, ledger.MatterSender},
		{"bounce", "blocked", "5.3.2", "system not accepting mails", ledger.StateBlocked, ledger.MatterPolicy},
		{"bounce", "blocked", "5.2.0", "mailbox", ledger.StateBlocked, ledger.MatterPolicy},
		{"bounce", "blocked", "4.3.1", "insufficient system resources", ledger.StateBlocked, ledger.MatterPolicy},
		{"bounce", "blocked", "5.6.0", "malformed", ledger.StateBlocked, ledger.MatterContent},
		{"dropped", "", "", "Bounced Address", ledger.StateDropped, ledger.MatterRecipient},
		{"dropped", "", "", "Unsubscribed Address", ledger.StateDropped, ledger.MatterRecipient},
		{"dropped", "", "", "Spam Reporting Address", ledger.StateDropped, ledger.MatterRecipient},
		{"dropped", "", "", "Invalid", ledger.StateDropped, ledger.MatterRecipient},
		{"dropped", "", "", "Spam Content", ledger.StateBlocked, ledger.MatterContent},
		{"dropped", "", "", "Invalid SMTPAPI header", ledger.StateBlocked, ledger.MatterContent},
		{"dropped", "", "", "Recipient List over Package Quota", ledger.StateBlocked, ledger.MatterAccount},
	} {
		s, r := newService(t), &register{}
		l := fmt.Sprintf(`{"email":"jo.bloggs@body.example","timestamp":1699999990,"event":%q,"type":%q,"status":%q,`+
			`"reason":"%s of jo.bloggs@body.example\u0007","holdthering_notice":%q,"holdthering_case":"K7QM-3XRD"}`,
			row.event, row.kind, row.status, row.reason, mailA)
		code, _ := answer(s.keys(), r, s.posts(batchOf(l), now))
		require.Equal(t, 200, code)
		e := r.taken["K7QM-3XRD"][0]
		require.Equal(t, row.state, e.State, l)
		require.Equal(t, row.about, e.About, l)
		require.Equal(t, row.reason+" of ...", e.Reason)
		require.NoError(t, ledger.CheckEvents([]ledger.MailEvent{e}))
	}
}

func TestAnEventOfAnotherFormKeepsNoneOfItsBatchOut(t *testing.T) {
	s := newService(t)
	odd := func(field, value string) string {
		return strings.Replace(line("bounce", mailB, "K7QM-3XRD"), field, value, 1)
	}
	for _, l := range []string{odd(`"timestamp":1699999990`, `"timestamp":"soon"`),
		odd(`"timestamp":1699999990`, `"timestamp":1699999990.5`), odd(`"timestamp":1699999990`, `"timestamp":1e15`),
		odd(`"timestamp":1699999990,`, ``), odd(`"bounce"`, `7`)} {
		r := &register{}
		code, _ := answer(s.keys(), r, s.posts(batchOf(l, line("delivered", mailA, "K7QM-3XRD")), now))
		require.Equal(t, 200, code, l)
		es := r.taken["K7QM-3XRD"]
		require.Equal(t, mailA, es[len(es)-1].Mail, l)
		_, err := json.Marshal(es)
		require.NoError(t, err, "a case could not be told of it")
	}
}

func TestOnlyWhatTheServiceSignedLatelyIsTaken(t *testing.T) {
	s, r := newService(t), &register{}
	body := batchOf(line("bounce", mailA, "K7QM-3XRD"))
	for name, q := range map[string]*http.Request{
		"another's key":      newService(t).posts(body, now),
		"old":                s.posts(body, now.Add(-26*time.Hour)),
		"of the future":      s.posts(body, now.Add(time.Hour)),
		"empty":              s.posts("", now),
		"no list":            s.posts(`{"event":"bounce"}`, now),
		"another body":       changed(s.posts(body, now), func(q *http.Request) { q.Body = http.NoBody }),
		"no signature":       changed(s.posts(body, now), func(q *http.Request) { q.Header.Del(events.SignatureHeader) }),
		"signature no ASN.1": changed(s.posts(body, now), func(q *http.Request) { q.Header.Set(events.SignatureHeader, "AAAA") }),
		"a moved border": changed(s.posts("1"+body, now), func(q *http.Request) {
			q.Header.Set(events.TimestampHeader, fmt.Sprint(now.Unix())+"1")
		}),
	} {
		code, log := answer(s.keys(), r, q)
		require.Equal(t, 403, code, name)
		require.NotContains(t, log, "SECRET")
	}
	require.Empty(t, r.taken)
}

func changed(q *http.Request, change func(*http.Request)) *http.Request {
	change(q)
	return q
}

func TestWhatTheServiceTellsIsCountedByOutcomeAndNamesNoCase(t *testing.T) {
	s, counted := newService(t), metrics.New()
	w := httptest.NewRecorder()
	(&events.Receiver{Keys: s.keys(), Cases: &register{}, Now: func() time.Time { return now },
		Log: slog.New(slog.DiscardHandler), Metrics: counted}).ServeHTTP(w,
		s.posts(batchOf(line("bounce", mailA, "K7QM-3XRD"), line("bounce", mailB, "OTHER")), now))
	shown, err := metrics.Listen(":0", counted, nil)
	require.NoError(t, err)
	defer shown.Close()
	answer, err := http.Get("http://" + shown.Address() + metrics.Path)
	require.NoError(t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(t, err)
	require.Contains(t, string(body), `holdthering_mail_events_total{outcome="bounced"} 2`)
	require.NotContains(t, string(body), "K7QM")
}

func TestTwoKeysHoldWhileOneTakesTheOthersPlace(t *testing.T) {
	old, young := newService(t), newService(t)
	keys, err := events.ParseKeys(old.public() + "\n" + young.public() + "\n")
	require.NoError(t, err)
	for _, s := range []service{old, young} {
		code, _ := answer(keys, &register{}, s.posts(batchOf(line("bounce", mailA, "K7QM-3XRD")), now))
		require.Equal(t, 200, code)
	}
	for _, text := range []string{"", "x", "AAAA", young.public() + " " + young.public() + " " + young.public()} {
		_, err := events.ParseKeys(text)
		require.Error(t, err, text)
	}
}

func TestTheVendorsOwnHelperTakesTheSameSignature(t *testing.T) {
	s := newService(t)
	body := batchOf(line("bounce", mailA, "K7QM-3XRD"))
	q := s.posts(body, now)
	key, err := eventwebhook.ConvertPublicKeyBase64ToECDSA(s.public())
	require.NoError(t, err)
	ok, err := eventwebhook.VerifySignature(key, []byte(body), q.Header.Get(events.SignatureHeader),
		q.Header.Get(events.TimestampHeader))
	require.NoError(t, err)
	require.True(t, ok)
}

func TestABatchThatACaseCannotTakeComesAgainAndTheOthersHaveTheirs(t *testing.T) {
	s := newService(t)
	r := &register{fails: map[string]error{"K7QM-3XRD": errors.New("no worker"), "GONE": events.ErrNoCase}}
	body := batchOf(line("bounce", mailA, "GONE"), line("bounce", mailA, "K7QM-3XRD"), line("bounce", mailB, "OTHER"))
	code, log := answer(s.keys(), r, s.posts(body, now))
	require.Equal(t, 503, code)
	require.Len(t, r.taken["OTHER"], 1)
	require.NotContains(t, log, "SECRET")
	r.fails = map[string]error{"GONE": events.ErrNoCase}
	code, _ = answer(s.keys(), r, s.posts(body, now))
	require.Equal(t, 200, code, "a case that has ended is waited for by nobody")
}

func TestACaseThatDoesNotAnswerKeepsNoOtherFromHavingItsEvents(t *testing.T) {
	s, r := newService(t), &register{silent: "K7QM-3XRD", took: make(chan struct{})}
	ctx, giveUp := context.WithCancel(context.Background())
	defer giveUp()
	q := s.posts(batchOf(line("bounce", mailA, "K7QM-3XRD"), line("bounce", mailB, "OTHER")), now).WithContext(ctx)
	code := make(chan int, 1)
	go func() {
		got, _ := answer(s.keys(), r, q)
		code <- got
	}()
	select {
	case <-r.took:
		giveUp()
		require.Equal(t, 503, <-code)
	case got := <-code:
		t.Fatalf("answered %d, and the other case has nothing", got)
	}
}

func TestWhatIsNoBatchIsAnsweredSo(t *testing.T) {
	s := newService(t)
	for _, row := range []struct {
		q    *http.Request
		want int
	}{
		{s.posts("[{", now), 400},
		{s.posts(`["x"]`, now), 400},
		{s.posts("["+strings.Repeat(" ", 2<<20)+"]", now), 413},
		{httptest.NewRequest(http.MethodGet, events.Path, nil), 405},
	} {
		code, _ := answer(s.keys(), &register{}, row.q)
		require.Equal(t, row.want, code)
	}
}

func TestWithoutAHostItListensOnThisMachineAlone(t *testing.T) {
	s, err := events.Listen(":0", &events.Receiver{Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(s.Address(), "127.0.0.1:"), s.Address())
	answer, err := http.Get("http://" + s.Address() + "/elsewhere")
	require.NoError(t, err)
	require.Equal(t, 404, answer.StatusCode)
	require.NoError(t, answer.Body.Close())
	require.NoError(t, s.Close())
	_, err = events.Listen("nowhere", nil)
	require.Error(t, err)
}
