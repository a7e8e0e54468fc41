package environ

import (
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
)

// The variables that say how a program writes its log.
const (
	LogForm  = "HTR_LOG"
	LogLevel = "HTR_LOG_LEVEL"
)

var logLevels = map[string]slog.Level{"": slog.LevelInfo, "debug": slog.LevelDebug, "info": slog.LevelInfo,
	"warn": slog.LevelWarn, "error": slog.LevelError}

// Logger writes to out in the form and from the level on that the environment says: as text from info on,
// where it says nothing. Where it says what cannot be, there is the usual logger and an error.
func Logger(getenv func(string) string, out io.Writer) (*slog.Logger, error) {
	plain := slog.New(slog.NewTextHandler(out, nil))
	var faults []error
	level, ok := logLevels[strings.ToLower(getenv(LogLevel))]
	if !ok {
		faults = append(faults, fmt.Errorf("%s is debug, info, warn or error, not %q", LogLevel, getenv(LogLevel)))
	}
	o := &slog.HandlerOptions{Level: level}
	handlers := map[string]slog.Handler{"": slog.NewTextHandler(out, o), "text": slog.NewTextHandler(out, o),
		"json": slog.NewJSONHandler(out, o)}
	h, ok := handlers[strings.ToLower(getenv(LogForm))]
	if !ok {
		faults = append(faults, fmt.Errorf("%s is text or json, not %q", LogForm, getenv(LogForm)))
	}
	if len(faults) > 0 {
		return plain, errors.Join(faults...)
	}
	return slog.New(h), nil
}
