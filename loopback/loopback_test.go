package loopback_test

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"holdthering/loopback"
)

var hello = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("hello")) })

func ask(t *testing.T, address, host string) int {
	t.Helper()
	q, err := http.NewRequest(http.MethodGet, "http://"+address, nil)
	require.NoError(t, err)
	q.Host = host
	answer, err := http.DefaultClient.Do(q)
	require.NoError(t, err)
	require.NoError(t, answer.Body.Close())
	return answer.StatusCode
}

func TestAServerOfThisMachineAnswersUnderItsOwnNamesOnly(t *testing.T) {
	s, err := loopback.Listen("127.0.0.1:0", hello, "events.example.org")
	require.NoError(t, err)
	defer s.Close()
	for _, host := range []string{"127.0.0.1", "127.0.0.1:8233", "localhost:1", "LOCALHOST", "localhost.:80", "[::1]:80",
		"[::1]", "127.0.0.9", "events.example.org", "Events.Example.ORG:443"} {
		require.Equal(t, http.StatusOK, ask(t, s.Address(), host), host)
	}
	for _, host := range []string{"rebound.example", "rebound.example:8233", "127.0.0.1.rebound.example",
		"localhost.rebound.example", "192.0.2.1", "events.example.org.rebound.example", "0.0.0.0", "2130706433"} {
		require.Equal(t, http.StatusForbidden, ask(t, s.Address(), host), host)
	}
}

func TestAServerThatListensWiderOnPurposeAnswersUnderAnyName(t *testing.T) {
	s, err := loopback.Listen("0.0.0.0:0", hello)
	require.NoError(t, err)
	defer s.Close()
	_, port, _ := strings.Cut(strings.TrimPrefix(s.Address(), "[::]"), ":")
	require.Equal(t, http.StatusOK, ask(t, "127.0.0.1:"+port, "worker:9464"))
}

func TestTheEmbeddedServersUIIsGuardedByTheSameCode(t *testing.T) {
	code := func(path string) string {
		raw, err := os.ReadFile(path)
		require.NoError(t, err)
		_, after, found := strings.Cut(string(raw), "import (")
		require.True(t, found)
		after = regexp.MustCompile(`(?m)^//.*\n`).ReplaceAllString(after, "")
		return strings.NewReplacer("Own(", "own(", "OwnTelling(", "ownTelling(").Replace(after)
	}
	require.Equal(t, code("host.go"), code("../devserver/host.go"))
}
