package server

import "encoding/json"

// View is a list in the Temporal UI with its query and its columns, which the embedded server opens at
// UIAddress()/views/NAMESPACE/NAME. The UI itself takes columns from the browser's store alone.
type View struct {
	Name    string   `json:"name"`
	Says    string   `json:"says"`
	Query   string   `json:"query"`
	Columns []string `json:"columns"`
}

// JSON is how the server is told of it.
func (v View) JSON() string {
	out, _ := json.Marshal(v) // texts always can be
	return string(out)
}
