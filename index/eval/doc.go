// Package eval compares what the program made of files with what a reader
// said of them: where paragraphs are, which states they hold responsible, who
// does and as whose words, which date a statement has and who issued it.
//
// It reads labels and counts. It reads no statement and knows no rule: the
// caller runs the program over the files that the labels name.
//
// What is compared:
//
//   - paragraphs: a paragraph is a hit when it begins and ends where a block of
//     the labels does. Blocks of items or of lines whose end is kept hold several
//     paragraphs, which are taken together; so does the only block of a file whose
//     labels give no number of paragraphs, because its breaks are lost. A heading read as a paragraph is a
//     false alarm.
//   - states: pairs of a block and a state held responsible in it. What a speaker
//     rejects is not asked for; ambiguous blocks are neither hit nor miss; all else
//     is a false alarm where the program attributes.
//   - parties and stance: where the state is a hit. Parties that the labels
//     describe in words ("open sources") are left out. A wrong stance is a miss
//     and a false alarm.
//   - denials: pairs of a block and a state that rejects an accusation in it.
//   - dates: a date that stands in the file must be found, to the day. One that
//     does not may be known by other means; another than the labelled one is a
//     false alarm.
//   - actors: the issuers of the statement.
package eval
