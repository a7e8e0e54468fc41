// Package picture draws what a case or group has been through as SVG, without script: a time-line, a map of
// months, bars. It knows nothing of cases: see record for what is drawn.
//
// Each picture has a title and a description for those who do not see it, and gives out the same facts as a
// table. What colour says, shape or words say too. Colours stand as attributes, which a style sheet can override
// by class: in the dark, on paper.
package picture
