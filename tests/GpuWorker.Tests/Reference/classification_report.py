"""Prints the metrics of scikit-learn and numpy for a predictions.csv as JSON.

usage: classification_report.py PREDICTIONS_CSV CLASSES_JSON
"""

import csv
import json
import sys

import numpy
from sklearn.metrics import classification_report, confusion_matrix

rows = list(csv.DictReader(open(sys.argv[1], newline="", encoding="utf-8")))
classes = json.loads(sys.argv[2])
truth = [classes.index(row["label"]) for row in rows]
predicted = [classes.index(row["predicted"]) for row in rows]
labels = list(range(len(classes)))
report = classification_report(truth, predicted, labels=labels, output_dict=True, zero_division=0)

confidence = numpy.array([float(row["probability1"]) for row in rows])
right = numpy.array(truth) == numpy.array(predicted)
edges = numpy.linspace(0, 1, 16)
error = 0.0
for low, high in zip(edges[:-1], edges[1:]):
    inside = (confidence > low) & (confidence <= high)
    if inside.any():
        error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())

columns = sum(1 for name in rows[0] if name.startswith("class"))
top = [row["label"] in [row[f"class{rank + 1}"] for rank in range(columns)] for row in rows]
print(json.dumps({
    "confusion": confusion_matrix(truth, predicted, labels=labels).tolist(),
    "report": [
        [report[str(label)][key] for key in ("precision", "recall", "f1-score", "support")] for label in labels
    ],
    "accuracy": float(numpy.mean(right)),
    "macroF1": report["macro avg"]["f1-score"],
    "weightedF1": report["weighted avg"]["f1-score"],
    "calibrationError": float(error),
    "topAccuracy": float(numpy.mean(top)),
}))
