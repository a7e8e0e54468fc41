package run

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"holdthering/activities/directory"
	"holdthering/activities/mail/choose"
	"holdthering/environ"
	"holdthering/register"
	"holdthering/seal"
	"holdthering/worker/tracing"
)

// Check finds all that can be known to be wrong before any server is asked, and changes nothing.
// The error says all of it, a line each.
func (s Settings) Check() error {
	if s.Only == OnlyPages {
		_, err := s.alone()
		return err
	}
	_, events := s.eventKeys()
	_, wait := s.wait()
	_, temporal := temporalOptions()
	_, traces := tracing.Collector(s.getenv)
	return errors.Join(choose.Check(s.getenv), events, wait, s.checkEventsAddress(),
		s.checkAddress(eventsAddress), s.checkAddress(pagesAddress), s.checkPages(), s.checkAddress(metricsAddress), s.checkSwitch("HTR_MAKE_CURRENT"),
		s.checkKey(), s.checkDirectory(), s.checkFolder("--records", s.Records), s.checkRegister(), traces, temporal)
}

func (s Settings) checkAddress(name string) error {
	if value := s.getenv(name); value != "" && value != nowhere {
		return environ.CheckAddress(name, value)
	}
	return nil
}

// registerAddress names the database that all workers have their registers in.
const registerAddress = "HTR_REGISTER"

// shelf is where registers stand, where that is not among the records.
func (s Settings) shelf() (register.Shelf, error) {
	address := s.getenv(registerAddress)
	if address == "" {
		return nil, nil
	}
	db, err := register.OpenPostgreSQL(address)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", registerAddress, err)
	}
	return db, nil
}

func (s Settings) checkRegister() error {
	shelf, err := s.shelf()
	if db, ok := shelf.(*register.PostgreSQL); ok {
		db.Close()
	}
	return err
}

func (s Settings) checkSwitch(name string) error {
	switch value := s.getenv(name); value {
	case "", "yes", "no":
		return nil
	default:
		return fmt.Errorf("%s is yes or no, not %q", name, value)
	}
}

// checkKey looks at a key that is there; whether one may be made is not for here to say.
func (s Settings) checkKey() error {
	path := s.getenv(seal.Variable)
	if path == "" || path == seal.Open {
		return nil
	}
	if _, err := os.Stat(path); err != nil {
		return nil
	}
	if _, err := seal.Read(path); err != nil {
		return fmt.Errorf("the key of %s: %w", seal.Variable, err)
	}
	return nil
}

func (s Settings) checkDirectory() error {
	if s.Directory == "" {
		return nil
	}
	if _, err := directory.Open(s.Directory); err != nil {
		return fmt.Errorf("--directory: %w", err)
	}
	return nil
}

// checkFolder refuses a file in the place of a folder, or above it.
func (s Settings) checkFolder(name, path string) error {
	for at := path; at != "" && at != filepath.Dir(at); at = filepath.Dir(at) {
		info, err := os.Stat(at)
		if err != nil {
			continue // it is made when it is needed
		}
		if !info.IsDir() {
			return fmt.Errorf("%s: %s is not a folder", name, at)
		}
		return nil
	}
	return nil
}
