package run

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/base64"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"holdthering/activities/mail"
	"holdthering/health"
)

func webhookKey(t *testing.T) string {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	der, err := x509.MarshalPKIXPublicKey(&key.PublicKey)
	require.NoError(t, err)
	return base64.StdEncoding.EncodeToString(der)
}

func given(env map[string]string) Settings {
	return Settings{health: &health.Health{}, Log: slog.New(slog.DiscardHandler), Getenv: func(name string) string { return env[name] }}
}

// named is a channel of which only the name counts.
type named struct {
	mail.Channel
	name string
}

func (n named) Name() string { return n.name }

func TestWordIsAwaitedOnlyOfAServiceThatTellsAndNotesAreSafeWhereAMailCanDouble(t *testing.T) {
	key := webhookKey(t)
	for _, row := range []struct {
		channel, key   string
		awaited, notes bool
	}{
		{"outbox", key, false, false},
		{"smtp", key, false, true},
		{"sendgrid", "", false, true},
		{"sendgrid", key, true, true},
	} {
		s := given(map[string]string{eventsKey: row.key, eventsWait: "3m"})
		s.Records = t.TempDir()
		c, err := s.confirmation(nil, named{name: row.channel})
		require.NoError(t, err)
		require.Equal(t, row.awaited, c.Awaited, "%+v", row)
		require.Equal(t, row.notes, c.Note != nil, "%+v", row)
		if row.notes {
			require.Equal(t, 3*time.Minute, c.Wait)
		}
	}
}

// Mails are claimed in the records of workers that share them, and in no folder that each may have for itself.
func TestMailsAreClaimedWhereAllWorkersShareTheirRecords(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for _, row := range []struct {
		channel, register, records string
		claims                     bool
	}{
		{"smtp", "", t.TempDir(), true},
		{"sendgrid", "", t.TempDir(), true},
		{"outbox", "", t.TempDir(), false},
		{"smtp", "postgres://ring@db.example/ring", t.TempDir(), false},
		{"smtp", "", file, false}, // where no folder can be made
	} {
		s := given(map[string]string{registerAddress: row.register})
		s.Records = row.records
		c, err := s.confirmation(nil, named{name: row.channel})
		require.NoError(t, err)
		require.Equal(t, row.claims, c.Claims != nil, "%+v", row)
		require.Equal(t, row.channel != "outbox", c.Note != nil, "%+v", row)
	}
}

func TestEventsThatCannotBeTakenAreSaidSoAtTheStart(t *testing.T) {
	key := webhookKey(t)
	file := filepath.Join(t.TempDir(), "key")
	require.NoError(t, os.WriteFile(file, []byte(key+"\n"), 0o600))
	for name, env := range map[string]map[string]string{
		"an address without a key": {eventsAddress: "127.0.0.1:0"},
		"no key at all":            {eventsKey: "x"},
		"a key twice":              {eventsKey: key, eventsKey + "_FILE": file},
		"no such file":             {eventsKey + "_FILE": file + "x"},
		"no address":               {eventsKey: key, eventsAddress: "here"},
	} {
		_, err := given(env).receive(nil)
		require.ErrorContains(t, err, "HTR_EVENTS_", name)
	}
	_, err := given(map[string]string{eventsKey: key, eventsWait: "soon"}).confirmation(nil, named{name: "smtp"})
	require.ErrorContains(t, err, eventsWait)
	for _, env := range []map[string]string{{}, {eventsKey: key, eventsAddress: nowhere},
		{eventsKey + "_FILE": file, eventsAddress: ":0"}} {
		stop, err := given(env).receive(nil)
		require.NoError(t, err)
		stop()
	}
}
