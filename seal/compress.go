package seal

import (
	"fmt"

	"github.com/klauspost/compress/zstd"
	"go.temporal.io/sdk/client"
)

// What is sealed cannot be made smaller any more, so it is made smaller first. Only what is longer than
// longestPlain is: an act as it is typed stays as it is, so that its length goes on depending on how
// much was written and not on what.
const longestPlain = 6 << 10

// mostOpened bounds what a payload may unfold to, in bytes. Nothing near it was ever sealed.
const mostOpened = 64 << 20

var (
	squeezer = must(zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(2),
		zstd.WithLowerEncoderMem(true)))
	unsqueezer = must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(mostOpened)))
)

// must panics on options that can only be a mistake in this file.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// Uncompressed has requests to the server sent as they are: the SDK's own gzip finds nothing to make smaller in
// what is sealed, and costs a worker a seventh of its time.
func Uncompressed(o *client.Options, keys Keys) {
	if len(keys) > 0 {
		o.ConnectionOptions.GrpcCompression = &client.GrpcCompressionNone{}
	}
}

// compressed is what is to be sealed in its place, where that is worth it.
func compressed(raw []byte) (out []byte, smaller bool) {
	if len(raw) <= longestPlain {
		return raw, false
	}
	if out = squeezer.EncodeAll(raw, make([]byte, 0, len(raw)/4)); len(out) >= len(raw) {
		return raw, false
	}
	return out, true
}

func decompressed(b []byte) ([]byte, error) {
	raw, err := unsqueezer.DecodeAll(b, nil)
	if err != nil {
		return nil, fmt.Errorf("a sealed payload: %w", err)
	}
	return raw, nil
}
