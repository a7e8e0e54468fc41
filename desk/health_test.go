package desk_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"holdthering/cases"
	"holdthering/desk"
	"holdthering/health"
)

// away is a server that does not answer.
type away struct{ cases.Cases }

func (away) ListGroups(context.Context, cases.GroupFilter) ([]cases.GroupRow, error) {
	return nil, errors.New("connection refused at 10.0.0.7")
}

func TestWhetherTheDeskIsReadyIsToldToWhoHasNotSignedInAndNothingElse(t *testing.T) {
	for _, row := range []struct {
		cases cases.Cases
		path  string
		want  int
	}{{&kept{}, health.ReadyPath, http.StatusOK}, {away{}, health.ReadyPath, http.StatusServiceUnavailable},
		{away{}, health.LivePath, http.StatusOK}, {&kept{}, "/", http.StatusUnauthorized}} {
		d := &desk.Desk{Cases: row.cases, Now: time.Now, Log: slog.New(slog.DiscardHandler)}
		w := httptest.NewRecorder()
		d.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, row.path, nil))
		if w.Code != row.want {
			t.Errorf("%s: %d %s", row.path, w.Code, w.Body)
		}
	}
}
