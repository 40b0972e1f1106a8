package index

// Format is raised by one whenever the same file would be stored otherwise
// than before: a change of a rule, of the data of the gazetteer, of an analyzer
// or of the layout on disk. What another format made is read again from the
// files. A test of the embedded statements fails when it was forgotten there.
const Format = 13
