package annotate

import (
	"bufio"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"demarche/index/annotate/pattern"
	"demarche/index/annotate/weighing"
	"demarche/index/phrase"
	"demarche/search"
)

// The words and rules of the languages; data/README.md says how they are
// written.
//
//go:embed data
var data embed.FS

// language is what is known of one language: its words and its rules.
type language struct {
	code    string
	grammar *pattern.Grammar
	class   classes
	// about has the words that tell a text about cyberspace, among others.
	about *phrase.Set
	rules []rule
	// patterns are those of all rules; index finds those that a sentence could match.
	patterns []*pattern.Pattern
	index    *pattern.Index
	// asserting, preparing and telling are the patterns of rules that hold responsible, that
	// say what that depends on in a sentence, and that tell who speaks; needing those of
	// rules with a need.
	asserting, preparing, telling pattern.Numbers
	// standing are those that tell which words refer back.
	standing pattern.Numbers
	needing  [needs]pattern.Numbers
	// model weighs what no pattern says, for the rule weighing; nil in an annotator that goes by
	// patterns alone.
	model    *weighing.Model
	weighing *rule
	// endings tell cases; nil where the language has none.
	endings endings
	// base are the names of states in their base form, folded, by ID.
	// roles are words by their role, see data/roles.csv.
	roles map[string]map[string]bool
	// worded are the classes that rows of words have.
	worded map[string]bool
	base   map[string]string
	// kindWords find the words of titles that tell a kind, by index in kinds.
	kindWords *phrase.Set
	kinds     []string
}

// classes are the classes that the program itself gives to words or looks for.
// All other classes are known to words and patterns only.
type classes struct {
	edge, comma, stop                         pattern.Class
	possessive, number, base                  pattern.Class
	state, adjective, place                   pattern.Class
	body, group, crew, office                 pattern.Class
	self, parties, its, both, defendant       pattern.Class
	article, faint                            pattern.Class
	attack, hostile, neutral, responsibility  pattern.Class
	cyber, abbreviation, starter, singular    pattern.Class
	denial, organ, harm, breach, arms, hacker pattern.Class
	asker, host, forum, statement, dated      pattern.Class
	preposition, relative, and, post          pattern.Class
	passing, when, matter, them               pattern.Class
	nominative, genitive, instrumental        pattern.Class
	subject, person, sponsor, smash, data     pattern.Class
	national, hereof, alongside, we, saying   pattern.Class
	malign, object, do, enter, pronoun, be    pattern.Class
	claim, theirs, negation, modal, former    pattern.Class
	leaders, standin, call, ground            pattern.Class
}

// names lists the classes of the program by the names that patterns use.
func (c *classes) names() map[string]*pattern.Class {
	return map[string]*pattern.Class{
		"EDGE": &c.edge, "COMMA": &c.comma, "BREAK": &c.stop, "BASE": &c.base, "POSS": &c.possessive, "NUMBER": &c.number,
		"STATE": &c.state, "ADJ": &c.adjective, "PLACE": &c.place, "BODY": &c.body, "GROUP": &c.group, "CREW": &c.crew, "SEAT": &c.office,
		"SELF": &c.self, "PARTIES": &c.parties, "ITS": &c.its, "BOTH": &c.both, "FAINT": &c.faint, "DEFENDANT": &c.defendant, "ARTICLE": &c.article,
		"CYBER": &c.cyber, "ATTACK": &c.attack, "HOSTILE": &c.hostile, "NEUTRAL": &c.neutral, "RESPONSIBILITY": &c.responsibility, "ABBREVIATION": &c.abbreviation, "STARTER": &c.starter, "SINGULAR": &c.singular, "DENIAL": &c.denial, "ORGAN": &c.organ, "HARM": &c.harm, "DOHACK": &c.breach, "ARMS": &c.arms, "HACKER": &c.hacker, "ASKER": &c.asker, "HOST": &c.host, "FORUM": &c.forum, "STATEMENT": &c.statement, "DATED": &c.dated,
		"PREP": &c.preposition, "THAT": &c.relative, "AND": &c.and, "OFFICE": &c.post, "PASSING": &c.passing, "WHEN": &c.when, "MATTER": &c.matter, "THEM": &c.them,
		"NOM": &c.nominative, "GEN": &c.genitive, "INS": &c.instrumental, "SUBJECT": &c.subject, "PERSON": &c.person, "SPONSOR": &c.sponsor, "SMASH": &c.smash, "DATA": &c.data,
		"NATIONAL": &c.national, "HEREOF": &c.hereof, "ALONGSIDE": &c.alongside, "WESAY": &c.we, "CALL": &c.call, "SAYING": &c.saying,
		"MALIGN": &c.malign, "OBJECT": &c.object, "DO": &c.do, "ENTER": &c.enter, "PRONOUN": &c.pronoun, "BE": &c.be, "CLAIM": &c.claim, "THEIRS": &c.theirs, "NEG": &c.negation, "MODAL": &c.modal, "FORMER": &c.former, "LEADERS": &c.leaders, "STANDIN": &c.standin, "GROUND": &c.ground,
	}
}

// acts are the classes of acts and of responsibility for them.
func (c *classes) acts() pattern.Mask {
	return pattern.Of(c.attack, c.hostile, c.neutral, c.harm, c.responsibility, c.group)
}

// cyberspace are the classes of words that tell a text about it.
func (c *classes) cyberspace() pattern.Mask { return pattern.Of(c.cyber, c.attack) }

// raids are the classes of attacks.
func (c *classes) raids() pattern.Mask {
	return pattern.Of(c.attack, c.hostile, c.harm)
}

// deeds are the classes of acts that harm and of words for doing them.
func (c *classes) deeds() pattern.Mask {
	return pattern.Of(c.attack, c.hostile, c.harm, c.breach, c.enter, c.smash, c.hacker, c.group)
}

// rule is one file of data/rules: a way to say that a state is responsible, or
// a way to name a state that is not.
type rule struct {
	name     string
	strength search.Strength
	// excludes: what the pattern remembers as not( ) is not held responsible,
	// whatever other rules find.
	excludes bool
	// victims: so are all other names of their states, where a rule tells who did it by
	// the place of the subject alone.
	victims bool
	// denies: the states in whom( ) are those that reject an accusation.
	denies bool
	// rejects: the states in whom( ) are said to reject an accusation, whoever says so.
	rejects bool
	// employs: the states in whom( ) are those whose people the sentence names: they are
	// not held responsible, but those people may be by the next.
	employs bool
	// need is what the rule holds only with.
	need [needs]bool
	// subject: whom( ) must stand where a subject can.
	subject bool
	// frames: by( ) are those who say what the sentence says; besides: those who
	// say it too.
	frames, besides bool
	// hearsay: by( ) is somebody without the name of a state who says it.
	hearsay bool
	// tells is "issuer", "speaker", "voice", "topic" or "foil" for rules about who issues
	// the statement, as by( ): the first for titles, the others for paragraphs.
	tells string
	// standsIn: the captures refer back, and are read as what they are named for.
	standsIn bool
	// start and end are the numbers of its patterns, half-open.
	start, end int
}

// load reads the words, parts and rules of a language.
func load(files fs.FS, lang string) (*language, error) {
	l := &language{code: lang, grammar: pattern.NewGrammar(), about: phrase.NewSet(), worded: map[string]bool{}}
	for name, class := range l.class.names() {
		var err error
		if *class, err = l.grammar.Class(name); err != nil {
			return nil, err
		}
	}
	if err := l.readWords(files, "data/words."+lang+".csv", true); err != nil {
		return nil, err
	}
	if err := l.readEndings(files, "data/endings."+lang+".csv"); err != nil {
		return nil, err
	}
	if err := l.readRoles(files, "data/roles.csv"); err != nil {
		return nil, err
	}
	if err := l.readParts(files, "data/parts.txt", lang); err != nil {
		return nil, err
	}
	if err := l.readKinds(files, "data/kinds.csv"); err != nil {
		return nil, err
	}
	order, err := readLines(files, "data/rules.txt")
	if err != nil {
		return nil, err
	}
	for _, line := range order {
		if err := l.readRule(files, "data/rules/"+line.key+".txt", lang); err != nil {
			return nil, err
		}
	}
	l.sort()
	i := slices.IndexFunc(l.rules, func(r rule) bool { return r.name == weighingRule })
	if i < 0 {
		return nil, fmt.Errorf("data/rules.txt has no rule %q", weighingRule)
	}
	l.weighing = &l.rules[i]
	return l, nil
}

// readWeights reads what the rule that weighs goes by.
func (l *language) readWeights(files fs.FS, name string) error {
	const learn = "learn them again: go run ./cmd/dev weights --write"
	f, err := files.Open(name)
	if err != nil {
		return fmt.Errorf("%w; %s", err, learn)
	}
	defer f.Close()
	if l.model, err = weighing.Read(f, l.grammar.Known); err != nil {
		return fmt.Errorf("%s: %w; %s", name, err, learn)
	}
	return nil
}

func (l *language) readParts(files fs.FS, name, lang string) error {
	lines, err := readLines(files, name)
	if err != nil {
		return err
	}
	for _, line := range lines {
		if line.key != lang {
			continue
		}
		part, text, ok := strings.Cut(line.text, "=")
		if !ok {
			return line.errorf(name, "a part is written NAME = pattern")
		}
		if err := l.grammar.Let(strings.TrimSpace(part), strings.TrimSpace(text)); err != nil {
			return line.errorf(name, "%v", err)
		}
	}
	return nil
}

func (l *language) readRule(files fs.FS, name, lang string) error {
	lines, err := readLines(files, name)
	if err != nil {
		return err
	}
	r := rule{name: strings.TrimSuffix(path.Base(name), ".txt"), start: len(l.patterns)}
	for _, line := range lines {
		switch line.key {
		case "says":
			err = r.says(line.text)
		case "needs":
			err = r.needs(line.text)
		case lang:
			var p *pattern.Pattern
			p, err = l.grammar.Compile(line.text)
			l.patterns = append(l.patterns, p)
		default:
			if !slices.Contains(search.Languages, line.key) {
				err = fmt.Errorf("%q is not one of says, needs, %s", line.key, strings.Join(search.Languages, ", "))
			}
		}
		if err != nil {
			return line.errorf(name, "%v", err)
		}
	}
	r.end = len(l.patterns)
	l.rules = append(l.rules, r)
	return nil
}

// says reads what a rule makes of its matches.
func (r *rule) says(what string) error {
	switch what {
	case "explicit", "presupposed":
		r.strength = search.Strength(what)
	case "not":
		r.excludes = true
	case "victim":
		r.excludes, r.victims = true, true
	case "denied":
		r.denies, r.strength = true, search.StrengthExplicit
	case "rejected":
		r.rejects, r.strength = true, search.StrengthExplicit
	case "employs":
		r.employs, r.strength = true, search.StrengthPresupposed
	case "frame":
		r.frames = true
	case "hearsay":
		r.hearsay = true
	case "beside":
		r.besides = true
	case "standin":
		r.standsIn = true
	case "issuer", "speaker", "voice", "topic", "foil":
		r.tells = what
	default:
		return fmt.Errorf("%q is not one of explicit, presupposed, not, victim, denied, rejected, employs, frame, hearsay, beside, standin, issuer, speaker, voice, topic, foil", what)
	}
	return nil
}

// needs reads what must be so for a rule to hold.
func (r *rule) needs(what string) error {
	for word := range strings.FieldsSeq(what) {
		n := slices.Index(needNames[:], word)
		switch {
		case n >= 0:
			r.need[n] = true
		case word == "subject":
			r.subject = true
		default:
			return fmt.Errorf("%q is not one of %s, subject", word, strings.Join(needNames[:], ", "))
		}
	}
	return nil
}

// sort indexes the patterns of the rules.
func (l *language) sort() {
	l.index = pattern.NewIndex(l.patterns)
	l.asserting, l.preparing, l.telling, l.standing = l.index.None(), l.index.None(), l.index.None(), l.index.None()
	for n := range l.needing {
		l.needing[n] = l.index.None()
	}
	for i := range l.rules {
		r := &l.rules[i]
		switch {
		case r.strength != "":
			l.asserting.Add(r.start, r.end)
		case r.tells != "":
			l.telling.Add(r.start, r.end)
		case r.standsIn:
			l.standing.Add(r.start, r.end)
		default:
			l.preparing.Add(r.start, r.end)
		}
		for n, needed := range r.need {
			if needed {
				l.needing[n].Add(r.start, r.end)
			}
		}
	}
}

// line is a line of a parts or rules file: its first word and the rest. Lines
// that begin with white space continue the one before; those with # are
// comments.
type line struct {
	number    int
	key, text string
}

func (l line) errorf(file, format string, args ...any) error {
	return fmt.Errorf("%s, line %d: %s", file, l.number, fmt.Sprintf(format, args...))
}

func readLines(files fs.FS, name string) ([]line, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var lines []line
	scanner := bufio.NewScanner(f)
	for number := 1; scanner.Scan(); number++ {
		text := scanner.Text()
		trimmed := strings.TrimSpace(text)
		switch {
		case trimmed == "" || trimmed[0] == '#':
		case text[0] == ' ' && len(lines) > 0:
			lines[len(lines)-1].text += " " + trimmed
		default:
			key, rest, _ := strings.Cut(trimmed, " ")
			lines = append(lines, line{number: number, key: key, text: strings.TrimSpace(rest)})
		}
	}
	return lines, scanner.Err()
}
