"""The conditions of the conformance vectors by an independent CEL engine (cel-python), where every fact is known.

    cel_conditions.py CONDITIONS.json
"""

import json
import sys

import celpy
from celpy import celtypes


def value(fact, answer):
    """An answer as a value of CEL, of the type of its fact; None where it leaves open which."""
    if 'number' in answer:
        of = celtypes.IntType if fact['fact_type'] == 'integer' else celtypes.DoubleType
        return of(answer['number'])
    if 'boolean' in answer:
        return celtypes.BoolType(answer['boolean'])
    if 'option' in answer:
        return celtypes.StringType(answer['option'])
    if 'set' in answer:
        return celtypes.ListType([celtypes.StringType(member) for member in answer['set']])
    return None


def facts_of(tree):
    return {fact for part in tree['parts'] for fact in facts_of(part)} if 'parts' in tree else {tree['fact']}


def main(path):
    file = json.load(open(path, encoding='utf-8'))
    facts = {fact['id']: fact for fact in file['facts']}
    environment = celpy.Environment()
    count, ops, wrong = 0, set(), []
    for condition in file['conditions']:
        rows = []
        for row in condition['rows']:
            known = {a['fact']: value(facts[a['fact']], a) for a in row['answers']}
            if all(one is not None for one in known.values()) and facts_of(condition['tree']) <= set(known):
                rows.append((known, row['truth']))
        if not rows:
            continue
        program = environment.program(environment.compile(condition['cel']))
        ops |= ops_of(condition['tree'])
        for known, expected in rows:
            count += 1
            found = 'true' if program.evaluate(known) else 'false'
            if found != expected:
                wrong.append(f"{condition['cel']} with {known}: {found}, not {expected}")
    print('\n'.join(wrong[:20] + [f'{count} checked by cel-python, {len(wrong)} wrong']))
    missing = set(file['ops']) - ops
    if missing:
        print(f'no condition with {sorted(missing)} was checked')
    return bool(wrong or missing) or count < 1000


def ops_of(tree):
    return {tree['op']}.union(*(ops_of(part) for part in tree.get('parts', [])))


if __name__ == '__main__':
    sys.exit(main(sys.argv[1]))
