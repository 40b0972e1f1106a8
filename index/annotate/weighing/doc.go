// Package weighing tells by what stands around a name in a sentence whether the sentence
// holds it responsible: each class of words, at each place, weighs for it or against it,
// and the sum decides. The weights are learned from labelled statements by logistic
// regression; see index/annotate/decisions/0021.
package weighing
