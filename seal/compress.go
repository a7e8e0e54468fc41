package seal

import (
	_ "embed"
	"fmt"

	"github.com/klauspost/compress/zstd"
	"go.temporal.io/sdk/client"
)

// What is sealed cannot be made smaller any more, so it is made smaller first. Only what is longer than
// longestPlain is: an act as it is typed stays as it is, so that its length goes on depending on how
// much was written and not on what.
const longestPlain = 6 << 10

// Own is what the program writes by itself, again and again in much the same words, such as a batch of mails: it
// is made smaller however short it is. Own gives the least length of what is sealed, and the step to the next
// up to a KiB; zero seals a value as an act is.
type Own interface{ Own() int }

// The steps that there are. Fine is for what tells no more by its length than the server knows anyhow, coarse for
// what may repeat what was typed.
const (
	Fine   = 256
	Coarse = 512
)

// shortestOwn is in bytes; what is shorter gains nothing.
const shortestOwn = 128

// words are what is written again and again: batches of mails as the scenarios have them. What was sealed with
// these words is read with these words, so that the file never changes; others would get a number of their own.
//
//go:embed words.bin
var words []byte

const wordsID = 1

// mostOpened bounds what a payload may unfold to, in bytes. Nothing near it was ever sealed.
const mostOpened = 64 << 20

// window is how far back a compressor looks, each of four of which keeps twice as much for good. Most that is sealed
// is shorter; what is longer repeats itself within it.
const window = 1 << 20

var (
	squeezer = must(zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(2),
		zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(window)))
	ownSqueezer = must(zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedDefault), zstd.WithEncoderConcurrency(2),
		zstd.WithLowerEncoderMem(true), zstd.WithWindowSize(window), zstd.WithEncoderDictRaw(wordsID, words)))
	unsqueezer = must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(2), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxMemory(mostOpened), zstd.WithDecoderDictRaw(wordsID, words)))
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
func compressed(raw []byte, own int) (out []byte, smaller bool) {
	most, by := longestPlain, squeezer
	if own > 0 {
		most, by = shortestOwn, ownSqueezer
	}
	if len(raw) <= most {
		return raw, false
	}
	if out = by.EncodeAll(raw, make([]byte, 0, len(raw)/4)); len(out) >= len(raw) {
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
