package apart

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// patience is a little longer than the worker waits for a case.
const patience = 20 * time.Second

// Far puts what a front lets through to a worker.
type Far struct {
	Key Key
	// Worker is where it answers: "http://worker:8028".
	Worker string
	Client *http.Client
	// Sorry shows that nobody can be asked at the moment.
	Sorry func(w http.ResponseWriter, reason error)
}

// ServeHTTP asks and shows the answer.
func (f *Far) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	a, err := f.ask(r)
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		a, err = answer{Status: http.StatusRequestEntityTooLarge}, nil
	}
	if err != nil {
		f.Sorry(w, err)
		return
	}
	if a.Type != "" {
		w.Header().Set("Content-Type", a.Type)
	}
	if strings.HasPrefix(a.Location, "/") && !strings.HasPrefix(a.Location, "//") { // to our own pages alone
		w.Header().Set("Location", a.Location)
	}
	w.WriteHeader(a.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(a.Body) // who has gone away is not told
	}
}

// Ready asks the worker whether it answers, under the same key.
func (f *Far) Ready(ctx context.Context) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "/", http.NoBody)
	if err != nil {
		return err
	}
	_, err = f.ask(r)
	return err
}

func (f *Far) ask(r *http.Request) (a answer, err error) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return a, err
	}
	q := question{At: time.Now(), ID: rand.Text(), Method: r.Method, URI: r.URL.RequestURI(),
		Type: r.Header.Get("Content-Type"), Body: body}
	plain, err := json.Marshal(q)
	if err != nil {
		return a, err
	}
	ctx, cancel := context.WithTimeout(r.Context(), patience)
	defer cancel()
	out, err := http.NewRequestWithContext(ctx, http.MethodPost, f.Worker+askPath,
		bytes.NewReader(f.Key.questions.Seal(nil, nil, plain, []byte(askPath))))
	if err != nil {
		return a, err
	}
	got, err := f.Client.Do(out)
	if err != nil {
		return a, errors.New("the worker gives no answer") // the error names where it is
	}
	defer got.Body.Close()
	if got.StatusCode != http.StatusOK {
		return a, fmt.Errorf("the worker takes no question: %s; is it of the same key and the same time?", got.Status)
	}
	sealed, err := io.ReadAll(io.LimitReader(got.Body, largestAnswer))
	if err != nil {
		return a, err
	}
	if plain, err = f.Key.answers.Open(nil, nil, sealed, []byte(q.ID)); err != nil {
		return a, errors.New("what came back is no answer to what was asked")
	}
	if err := json.Unmarshal(plain, &a); err != nil || a.Status < 200 || a.Status > 599 {
		return a, errors.New("what came back is no page")
	}
	return a, nil
}
