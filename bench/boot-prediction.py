#!/usr/bin/env python3
"""How well the next boot is predicted: boots a random set several times, asks for a prediction before each boot but
the first ones, and compares it with what that boot then took.

    bench/boot-prediction.py --bin cli/target/bespoke/bin [-n 100] [--learn 3] [--runs 5] [--seed 1]

Start times are altered by the seed. Prints predicted and measured milliseconds of each run and the median error; exits
with 1 when that is above 5 %. Python standard library only; everything lives in a fresh directory, removed afterwards.
"""
import argparse, json, os, random, shutil, signal, statistics, subprocess, sys, tempfile


def manifest(count, seed):
    chance = random.Random(seed)
    documents = []
    for i in range(count):
        needs = sorted(chance.sample(range(max(0, i - 20), i), min(i, chance.randint(0, 3))))
        documents.append(
            'service: t/s%d\nenabled: true\nrequires: [%s]\nstartd: {duration: transient}\n'
            'methods: {start: {exec: "sleep %.3f"}}\n'
            % (i, ', '.join('t/s%d' % n for n in needs), chance.uniform(0.05, 0.6)))
    return '---\n'.join(documents)


def timeline(options, root, *more):
    out = subprocess.run([options.bin + '/svcgraph', 'timeline', '--root', root, '--format', 'json', *more],
                         check=True, capture_output=True, text=True, timeout=60).stdout
    return max(start['start'] + start['duration'] for start in json.loads(out)['starts'])


def boot(options, root):
    """One boot and its orderly end: what it took, and what the next one is predicted to take."""
    command = [options.bin + '/svc.startd', '--root', root, '--manifests', root + '/m']
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for line in daemon.stdout:
            if 'are online' in line:
                break
        else:
            sys.exit('the daemon ended before it had settled')
        return timeline(options, root), timeline(options, root, '--predict')
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.communicate(timeout=60)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--bin', required=True)
    parser.add_argument('-n', type=int, default=100)
    parser.add_argument('--learn', type=int, default=3)
    parser.add_argument('--runs', type=int, default=5)
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    root = tempfile.mkdtemp(prefix='boot-prediction-')
    try:
        os.mkdir(root + '/m')
        with open(root + '/m/set.yaml', 'w') as f:
            f.write(manifest(options.n, options.seed))
        predicted = 0
        for _ in range(max(1, options.learn)):
            _, predicted = boot(options, root)
        errors = []
        for run in range(options.runs):
            measured, following = boot(options, root)
            errors.append(100 * abs(predicted - measured) / measured)
            print('run %d: predicted %5d ms, measured %5d ms, %.1f %% off' % (run + 1, predicted, measured, errors[-1]))
            predicted = following
        print('median error %.1f %%' % statistics.median(errors))
        sys.exit(statistics.median(errors) > 5)
    finally:
        shutil.rmtree(root, ignore_errors=True)


main()
