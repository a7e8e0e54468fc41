package seal

import (
	"errors"
	"fmt"
	"reflect"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/sdk/converter"
	"google.golang.org/protobuf/proto"
)

// What a sealed payload says of itself.
const (
	encodingKey = "encoding"
	keyIDKey    = "holdthering-key"
	encoding    = "binary/encrypted"
)

// Converter is Temporal's own, with sealed payloads. Texts by themselves stay open: they are
// the summaries that the UI shows, made of words from closed lists; so do the messages of the
// SDK's own. Payloads that were never sealed are read as they are.
type Converter struct {
	converter.DataConverter
	keys Keys
	// ends reports whether an error on reading into v would end a case for good; it panics
	// then, which only holds the case until the key is back.
	ends func(v any) bool
}

// NewConverter needs one key at least, or gives the plain converter. Ends may be nil.
func NewConverter(keys Keys, ends func(v any) bool) converter.DataConverter {
	plain := converter.GetDefaultDataConverter()
	if len(keys) == 0 {
		return plain
	}
	if ends == nil {
		ends = func(any) bool { return false }
	}
	return &Converter{DataConverter: plain, keys: keys, ends: ends}
}

// ToPayload seals the value unless it may stay open.
func (c *Converter) ToPayload(v any) (*commonpb.Payload, error) {
	p, err := c.DataConverter.ToPayload(v)
	if err != nil || p == nil || open(v) {
		return p, err
	}
	raw, err := proto.Marshal(p)
	if err != nil {
		return nil, err
	}
	key := c.keys[0]
	own := 0
	if by, is := v.(Own); is {
		own = by.Own()
	}
	return &commonpb.Payload{
		Metadata: map[string][]byte{encodingKey: []byte(encoding), keyIDKey: []byte(key.ID)},
		Data:     key.aead.Seal(nil, nil, padded(raw, own), []byte(key.ID)),
	}, nil
}

// open values hold nothing that anybody wrote.
func open(v any) bool {
	switch v.(type) {
	case nil, proto.Message, converter.RawValue: // a raw value is sealed already, or the SDK's own
		return true
	}
	switch reflect.TypeOf(v).Kind() {
	case reflect.String, reflect.Bool, reflect.Int, reflect.Int64, reflect.Float64:
		return true
	}
	return false
}

// ToPayloads seals each value.
func (c *Converter) ToPayloads(vs ...any) (*commonpb.Payloads, error) {
	if len(vs) == 0 {
		return nil, nil
	}
	out := &commonpb.Payloads{}
	for i, v := range vs {
		p, err := c.ToPayload(v)
		if err != nil {
			return nil, fmt.Errorf("value %d: %w", i, err)
		}
		out.Payloads = append(out.Payloads, p)
	}
	return out, nil
}

// FromPayload reads a payload, sealed or not.
func (c *Converter) FromPayload(p *commonpb.Payload, into any) error {
	inner, err := c.unseal(p)
	if err == nil {
		return c.DataConverter.FromPayload(inner, into)
	}
	if c.ends(into) {
		panic(err)
	}
	return err
}

// FromPayloads reads one payload into each value.
func (c *Converter) FromPayloads(ps *commonpb.Payloads, into ...any) error {
	for i, p := range ps.GetPayloads() {
		if i >= len(into) {
			return nil
		}
		if err := c.FromPayload(p, into[i]); err != nil {
			return fmt.Errorf("value %d: %w", i, err)
		}
	}
	return nil
}

func (c *Converter) unseal(p *commonpb.Payload) (*commonpb.Payload, error) {
	if string(p.GetMetadata()[encodingKey]) != encoding {
		return p, nil
	}
	id := string(p.GetMetadata()[keyIDKey])
	key, ok := c.keys.find(id)
	if !ok {
		return nil, fmt.Errorf("this is sealed with key %q, which this program does not have; it has %s. %s names "+
			"the file", id, c.keys[0].ID, Variable)
	}
	raw, err := key.aead.Open(nil, nil, p.GetData(), []byte(id))
	if err != nil {
		return nil, errors.New("a sealed payload was changed, or its key is another of the same name")
	}
	if raw, err = unpadded(raw); err != nil {
		return nil, err
	}
	inner := &commonpb.Payload{}
	if err := proto.Unmarshal(raw, inner); err != nil {
		return nil, fmt.Errorf("a sealed payload: %w", err)
	}
	return inner, nil
}

// ToString says of a sealed payload only that it is one: it is for logs.
func (c *Converter) ToString(p *commonpb.Payload) string {
	if string(p.GetMetadata()[encodingKey]) == encoding {
		return "(sealed)"
	}
	return c.DataConverter.ToString(p)
}

// ToStrings does so for each.
func (c *Converter) ToStrings(ps *commonpb.Payloads) []string {
	var out []string
	for _, p := range ps.GetPayloads() {
		out = append(out, c.ToString(p))
	}
	return out
}
