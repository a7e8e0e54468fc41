package seal

import (
	"os"
	"path/filepath"
)

// File is where the environment has its key; empty where nothing is sealed, or where that cannot be
// said.
func File(getenv func(string) string) string {
	switch path := getenv(Variable); path {
	case Open:
		return ""
	case "":
		dir, err := os.UserConfigDir()
		if err != nil {
			return ""
		}
		return filepath.Join(dir, "holdthering", "key")
	default:
		return path
	}
}
