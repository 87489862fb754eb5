# Samplers of Optuna behind lines of text, for the search benchmark: the other side simulates the workers and evaluates the points.
#   new SEED KIND {"name": {"type": "real"|"integer"|"choice", ...}}   starts a study; KIND is default, multivariate or random
#   ask           answers the values of the next point, in the order of names, separated by spaces
#   tell INDEX V  reports the value of a point; larger is better
import json
import sys
import warnings

import optuna

optuna.logging.set_verbosity(optuna.logging.ERROR)
warnings.filterwarnings("ignore")


def sampler(kind, seed):
    if kind == "random":
        return optuna.samplers.RandomSampler(seed=seed)
    if kind == "multivariate":
        return optuna.samplers.TPESampler(seed=seed, multivariate=True, constant_liar=True)
    return optuna.samplers.TPESampler(seed=seed)


def suggest(trial, name, axis):
    if axis["type"] == "real":
        return trial.suggest_float(name, axis["min"], axis["max"], log=axis["log"])
    if axis["type"] == "integer":
        return trial.suggest_int(name, axis["min"], axis["max"], log=axis["log"])
    return trial.suggest_categorical(name, list(range(axis["count"])))


study = space = None
trials = []
for line in sys.stdin:
    command, _, rest = line.strip().partition(" ")
    if command == "new":
        seed, kind, text = rest.split(" ", 2)
        study = optuna.create_study(direction="maximize", sampler=sampler(kind, int(seed)))
        space = json.loads(text)
        trials = []
    elif command == "ask":
        trials.append(study.ask())
        print(*(repr(float(suggest(trials[-1], name, axis))) for name, axis in space.items()), flush=True)
    elif command == "tell":
        index, value = rest.split()
        study.tell(trials[int(index)], float(value))
    else:
        sys.exit(f"not a command: {line!r}; write new, ask or tell")
