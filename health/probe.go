package health

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// Probe asks at a URL, or at the readiness of a process whose address is given as host:port. The error says what
// was answered.
func Probe(ctx context.Context, at string) error {
	if !strings.Contains(at, "://") {
		host, port, err := net.SplitHostPort(at)
		if err != nil {
			return fmt.Errorf("%q is neither host:port nor an address to ask", at)
		}
		if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
			host = "127.0.0.1"
		}
		at = "http://" + net.JoinHostPort(host, port) + ReadyPath
	}
	ctx, cancel := context.WithTimeout(ctx, patience+2*time.Second)
	defer cancel()
	q, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(q)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, 64<<10))
	if err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("not ready: %s", strings.TrimSpace(string(body)))
	}
	return nil
}
