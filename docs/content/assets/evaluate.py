#!/usr/bin/env python3
"""An engine for the decisions of a worthwhile site, to read and to copy from: what conditions come to when not
everything is known, and which verdicts follow. It needs Python 3.9 or newer and nothing else.

    python3 evaluate.py conditions.json                    checks the conditions of conformance/v1/
    python3 evaluate.py framework.json assessments.json    checks the verdicts of a site's profiles

Truth is True, False, or None: not known.
"""

import json
import operator
import sys
from itertools import combinations

# region: conditions
COMPARE = {'==': operator.eq, '!=': operator.ne, '<': operator.lt, '<=': operator.le, '>': operator.gt, '>=': operator.ge}


def literal(leaf):
    """What a leaf compares its fact with. Which key holds it depends on the type of the fact."""
    for key in ('boolean', 'number'):
        if key in leaf:
            return leaf[key]
    return leaf['options'][0]


def leaf_holds(leaf, value):
    """Whether a leaf of a condition's tree holds for one value of its fact; the value of a set is a frozenset."""
    op = leaf['op']
    if op == 'is':
        return value
    if op == 'empty':
        return not value
    if op == 'contains':
        return leaf['options'][0] in value
    if op == 'in':
        return value in leaf['options']
    return COMPARE[op](value, literal(leaf))


def quick(tree, values):
    """The truth of a tree by Kleene's logic. `values` holds, by fact, the values that are still possible."""
    op = tree['op']
    if op == 'not':
        part = quick(tree['parts'][0], values)
        return None if part is None else not part
    if op in ('and', 'or'):
        parts = [quick(part, values) for part in tree['parts']]
        decides = op == 'or'
        return decides if decides in parts else None if None in parts else not decides
    found = {leaf_holds(tree, value) for value in values[tree['fact']]}
    return found.pop() if len(found) == 1 else None


def truth(tree, values):
    """The exact truth: `x > 5 || x <= 5` is true whatever x is. Goes through the values of one fact after the other,
    and stops where Kleene's logic decides."""
    known = quick(tree, values)
    fact = next((fact for fact in facts_of(tree) if len(values[fact]) > 1), None)
    if known is not None or fact is None:
        return known
    found = set()
    for value in values[fact]:
        found.add(truth(tree, {**values, fact: [value]}))
        if len(found) > 1 or None in found:
            return None
    return found.pop()


def leaves_of(tree):
    """The leaves of a tree, left to right."""
    return [leaf for part in tree['parts'] for leaf in leaves_of(part)] if 'parts' in tree else [tree]


def facts_of(tree):
    """The ids of the facts that a tree reads."""
    return [leaf['fact'] for leaf in leaves_of(tree)]
# endregion


# region: values
def representatives(fact, leaves, answer=None):
    """Values of a fact that stand for all that an answer leaves possible: of values that no leaf tells apart, one."""
    kind = fact['type']
    answer = answer or {}
    if 'number' in answer or 'boolean' in answer or 'option' in answer:
        values = [answer.get('number', answer.get('boolean', answer.get('option')))]
    elif 'set' in answer:
        values = [frozenset(answer['set'])]
    elif 'one_of' in answer:
        values = answer['one_of']
    elif kind == 'boolean':
        values = [False, True]
    elif kind == 'choice':
        values = fact['options']
    elif kind == 'choices':
        values = some_sets(fact['options'], leaves)
    else:
        values = some_numbers(fact, [leaf['number'] for leaf in leaves], answer.get('range', {}))
    told_apart = {}
    for value in values:
        told_apart.setdefault(tuple(leaf_holds(leaf, value) for leaf in leaves), value)
    return list(told_apart.values())


def some_sets(options, leaves):
    """The subsets of the options that leaves ask for, without and with one that no leaf asks for."""
    asked = [option for option in options if any(option in leaf.get('options', []) for leaf in leaves)]
    others = [option for option in options if option not in asked][:1]
    sets = [frozenset(some) for size in range(len(asked) + 1) for some in combinations(asked, size)]
    return sets + [some | {other} for some in sets for other in others]


def some_numbers(fact, thresholds, ends):
    """The thresholds, what lies between two of them, and what lies beyond the last; as far as it is possible."""
    whole = fact['type'] == 'integer'
    low = max(fact['lowest'], ends.get('min', fact['lowest']))
    high = ends.get('max', float('inf'))
    points = sorted({low, *thresholds, *([high] if high < float('inf') else [])})
    between = [(a + b) / 2 for a, b in zip(points, points[1:])] + [points[-1] + 1]
    values = points + between
    if whole:
        values = [value + step for value in map(int, points) for step in (-1, 0, 1)]
    return [value for value in sorted(values) if low <= value <= high]
# endregion


# region: verdicts
def outcome_of(list_name, holds):
    """What a decided statement adds to what the rules look at."""
    return {
        ('not_when', True): {'ruled out'},
        ('later', True): {'wait'},
        ('triggers', True): {'relevant'},
        ('now', True): {'presses'},
        ('activate_when', False): {'not ready'},
    }.get((list_name, holds), set())


def verdict_of(outcome, lists, staged):
    """The six rules, where every statement is decided."""
    if 'ruled out' in outcome:
        return 'skip'
    if 'wait' in outcome or 'relevant' not in outcome:
        return 'wait'
    if staged:
        return 'adopt' if 'activate_when' in lists and 'not ready' not in outcome else 'prepare'
    return 'adopt' if 'presses' in outcome or 'now' not in lists else 'consider'


def verdict_so_far(truths, lists, staged):
    """The six rules on what is known."""
    some = lambda name, wanted: any(truth is wanted for at, truth in zip(lists, truths) if at == name)
    if some('not_when', True):
        return 'skip', 'not-when'
    if some('later', True):
        return 'wait', 'later'
    if not some('triggers', True):
        return ('open' if some('triggers', None) else 'wait'), 'no-trigger'
    if staged:
        ready = 'activate_when' in lists and not some('activate_when', False) and not some('activate_when', None)
        return ('adopt' if ready else 'prepare'), 'staged'
    if 'now' not in lists or some('now', True):
        return 'adopt', 'now'
    return 'consider', 'nothing-presses'


ORDER = ['adopt', 'prepare', 'consider', 'wait', 'skip']


def short(outcome):
    """An outcome without what no longer matters: a not-when outranks a reason to wait, which outranks the rest."""
    for word in ('ruled out', 'wait'):
        if word in outcome:
            return frozenset({word})
    return frozenset(outcome)


def outcomes(statements, values):
    """Every outcome that statements, pairs of list and tree, can come to together. Those that share no fact that is
    still open are looked at apart, so that they do not multiply."""
    decided, undecided = set(), []
    for name, tree in statements:
        holds = quick(tree, values)
        if holds is None:
            undecided.append((name, tree))
        decided |= outcome_of(name, holds)
    found = {short(decided)}
    if 'ruled out' in decided:
        return found
    for group in groups(undecided, values):
        read = [fact for _, tree in group for fact in set(facts_of(tree)) if len(values[fact]) > 1]
        busiest = max(read, key=read.count)
        own = set()
        for value in values[busiest]:
            own |= outcomes(group, {**values, busiest: [value]})
        found = {short(one | other) for one in found for other in own}
    return found


def groups(statements, values):
    """Statements that share open facts, directly or through others."""
    found = []
    for statement in statements:
        facts = {fact for fact in facts_of(statement[1]) if len(values[fact]) > 1}
        near = [group for group in found if group[0] & facts]
        found = [group for group in found if group not in near]
        found.append((facts.union(*(group[0] for group in near)), [one for group in near for one in group[1]] + [statement]))
    return [group for _, group in found]


def assess(capability, facts, answers):
    """The verdict of a capability, the rule that gave it, what is possible, and the truth of each statement."""
    statements = deciding(capability)
    lists = [name for name, _ in statements]
    staged = capability['timing']['staged']
    leaves = [leaf for _, tree in statements for leaf in leaves_of(tree)]
    values = {
        fact: representatives(facts[fact], [leaf for leaf in leaves if leaf['fact'] == fact], answers.get(fact))
        for fact in {leaf['fact'] for leaf in leaves}
    }
    truths = [truth(tree, values) for _, tree in statements]
    if 'triggers' not in lists:
        return {'verdict': None, 'rule': None, 'possible': [], 'truths': truths}
    possible = {verdict_of(outcome, lists, staged) for outcome in outcomes(statements, values)}
    verdict, rule = verdict_so_far(truths, lists, staged)
    if len(possible) == 1 and verdict not in possible or verdict != 'open' and verdict not in possible:
        verdict, rule = min(possible, key=ORDER.index), 'every-completion'
    return {'verdict': verdict, 'rule': rule, 'possible': sorted(possible, key=ORDER.index), 'truths': truths}


def deciding(capability):
    """The statements that decide, as pairs of list and tree: those with a condition. `prepare` decides nothing."""
    timing = capability['timing']
    later = ['activate_when'] if timing['staged'] else ['now', 'later']
    lists = [(name, capability[name]) for name in ('triggers', 'not_when')] + [(name, timing[name]) for name in later]
    return [(name, statement['when']['tree']) for name, all_ in lists for statement in all_ if 'when' in statement]
# endregion


def facts_by_id(declared):
    """Facts as this engine reads them, of `conditions.json` or of `framework.json`."""
    facts = {}
    for fact in declared:
        options = [option if isinstance(option, str) else option['id'] for option in fact.get('options', [])]
        lowest = fact.get('lowest', min(0, fact.get('range', {}).get('min', 0)))
        facts[fact['id']] = {'type': fact['fact_type'], 'options': options, 'lowest': lowest}
    return facts


NAMES = {True: 'true', False: 'false', None: 'unknown'}


def check_conditions(file):
    """How many rows there are, and those of which this engine thinks otherwise."""
    facts, count, wrong = facts_by_id(file['facts']), 0, []
    for condition in file['conditions']:
        leaves = leaves_of(condition['tree'])
        for row in condition['rows']:
            answers = {answer['fact']: answer for answer in row['answers']}
            read = {leaf['fact'] for leaf in leaves}
            values = {
                fact: representatives(facts[fact], [leaf for leaf in leaves if leaf['fact'] == fact], answers.get(fact))
                for fact in read
            }
            found = NAMES[truth(condition['tree'], values)]
            count += 1
            if found != row['truth']:
                wrong.append(f"{condition['cel']} with {row['answers']}: {found}, not {row['truth']}")
    return count, wrong


def check_assessments(framework, file):
    """How many verdicts there are, and those of which this engine thinks otherwise."""
    facts, count, wrong = facts_by_id(framework['facts']), 0, []
    assert framework['content_hash'] == file['content_hash'], 'the two files are of different content'
    for place, profile in enumerate(file['profiles']):
        answers = {answer['fact']: answer for answer in profile['answers']}
        for capability, expected in zip(framework['capabilities'], profile['assessment']['capabilities']):
            found = assess(capability, facts, answers)
            found['truths'] = [NAMES[one] for one in found['truths']]
            found['settled'] = len(found['possible']) == 1
            count += 1
            for key in found:
                if found[key] != expected[key]:
                    wrong.append(f"profile {place}, {capability['id']}, {key}: {found[key]}, not {expected[key]}")
    return count, wrong


def main(paths):
    files = [json.load(open(path, encoding='utf-8')) for path in paths]
    if len(files) == 1 and 'conditions' in files[0]:
        count, wrong = check_conditions(files[0])
    elif len(files) == 2 and 'profiles' in files[1]:
        count, wrong = check_assessments(*files)
    else:
        sys.exit(__doc__)
    print('\n'.join(wrong[:20] + [f'{count} checked, {len(wrong)} wrong']))
    return bool(wrong) or count == 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
