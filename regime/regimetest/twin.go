package regimetest

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"reflect"

	"holdthering/regime"
)

// DigestOf is the print of an act as the command line has it.
func DigestOf(by regime.Party, act any) string {
	content, _ := json.Marshal(act)
	sum := sha256.Sum256([]byte(reflect.TypeOf(act).Elem().Name() + "\n" + string(by) + "\n" + string(content)))
	return hex.EncodeToString(sum[:])
}

// AsText is a value as JSON, or the error.
func AsText(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	return string(raw)
}
