package main

import (
	"context"
	"encoding/json"
	"fmt"

	"google.golang.org/protobuf/proto"

	"holdthering/regime/surveillance"
	"holdthering/regime/surveillance/surveillancetest"
	"holdthering/seal"
	"holdthering/workflows"
)

// mostOfGroup is what a group may carry after ten years, in bytes.
const mostOfGroup = 200_000

// decade plays a group of sixteen members and two hundred providers for ten years by the rules alone, and seals what it
// would carry into the next run at the end of each.
func decade(_ context.Context, b *bench) ([]row, error) {
	path := b.dir + "/key"
	if err := seal.Make(path); err != nil {
		return nil, err
	}
	keys, err := seal.FromEnv(func(string) string { return path })
	if err != nil {
		return nil, err
	}
	sealer := seal.NewConverter(keys, nil)
	var sizes, unfolded []int
	_, err = surveillancetest.Years(10, func(y surveillancetest.Year) {
		in := workflows.GroupInput{Schema: surveillance.Schema, Group: y.Group, Chapter: 1}
		payload, failed := sealer.ToPayload(in)
		raw, wrong := json.Marshal(in)
		if failed == nil && wrong == nil {
			sizes, unfolded = append(sizes, proto.Size(payload)), append(unfolded, len(raw))
		}
	})
	if err != nil || len(sizes) != 10 {
		return nil, fmt.Errorf("%d years of a group: %w", len(sizes), err)
	}
	kB := func(n int) string { return fmt.Sprintf("%.1f", float64(n)/1000) }
	return []row{
		limit("State of a group of 16 members and 200 providers after ten years, as carried: kB", float64(sizes[9])/1000, mostOfGroup/1000, "%.1f"),
		{what: "- after five, six, seven, eight and nine years: kB", now: kB(sizes[4]) + ", " + kB(sizes[5]) + ", " + kB(sizes[6]) + ", " + kB(sizes[7]) + ", " + kB(sizes[8])},
		{what: "- unfolded, after ten: kB", now: kB(unfolded[9])},
	}, nil
}
