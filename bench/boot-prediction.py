#!/usr/bin/env python3
"""How well the next boot is predicted: boots a random set several times to learn it. Then, each time, alters the start
times of a third of the services, asks for the prediction with these, boots, and compares it with what that boot took.

    bench/boot-prediction.py --bin cli/target/bespoke/bin [-n 100] [--learn 9] [--runs 5] [--seed 1]

Prints predicted and measured milliseconds of each run and the median error; exits
with 1 when that is above 5 %. Python standard library only; everything lives in a fresh directory, removed afterwards.
"""
import argparse, json, os, random, shutil, signal, statistics, subprocess, sys, tempfile


def manifest(root, count, chance):
    documents = []
    for i in range(count):
        needs = sorted(chance.sample(range(max(0, i - 20), i), min(i, chance.randint(0, 3))))
        documents.append(
            'service: t/s%d\nenabled: true\nrequires: [%s]\nstartd: {duration: transient}\n'
            'methods: {start: {exec: "read time < %s/times/s%d; exec sleep $time"}}\n'
            % (i, ', '.join('t/s%d' % n for n in needs), root, i))
    return '---\n'.join(documents)


def write_time(root, i, millis):
    with open('%s/times/s%d' % (root, i), 'w') as f:
        f.write('%.3f\n' % (millis / 1000))


def starts(options, root, *more):
    out = subprocess.run([options.bin + '/svcgraph', 'timeline', '--root', root, '--format', 'json', *more],
                         check=True, capture_output=True, text=True, timeout=60).stdout
    return json.loads(out)['starts']


def total(starts):
    return max(start['start'] + start['duration'] for start in starts)


def boot(options, root, alter):
    """One boot and its orderly end: what it took, and what alter() says while it is up."""
    command = [options.bin + '/svc.startd', '--root', root, '--manifests', root + '/m']
    daemon = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        for line in daemon.stdout:
            if 'are online' in line:
                break
        else:
            sys.exit('the daemon ended before it had settled')
        return total(starts(options, root)), alter()
    finally:
        daemon.send_signal(signal.SIGTERM)
        daemon.communicate(timeout=60)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--bin', required=True)
    parser.add_argument('-n', type=int, default=100)
    parser.add_argument('--learn', type=int, default=9)
    parser.add_argument('--runs', type=int, default=5)
    parser.add_argument('--seed', type=int, default=1)
    options = parser.parse_args()
    root = tempfile.mkdtemp(prefix='boot-prediction-')
    try:
        os.mkdir(root + '/m')
        os.mkdir(root + '/times')
        chance = random.Random(options.seed)
        with open(root + '/m/set.yaml', 'w') as f:
            f.write(manifest(root, options.n, chance))
        usual = [chance.randint(50, 600) for _ in range(options.n)]
        for i in range(options.n):
            write_time(root, i, usual[i])

        def alter():
            """Alters a third; a service takes what it was learned to take, and the difference."""
            learned = {start['fmri']: start['duration'] for start in starts(options, root, '--predict')}
            takes = []
            for i in range(options.n):
                millis = chance.randint(50, 1200) if chance.random() < 1 / 3 else usual[i]
                write_time(root, i, millis)
                if millis != usual[i]:
                    fmri = 'svc:/t/s%d:default' % i
                    takes += ['--takes', '%s=%d' % (fmri, max(0, learned[fmri] + millis - usual[i]))]
            return total(starts(options, root, '--predict', *takes))

        for _ in range(max(0, options.learn - 1)):
            boot(options, root, lambda: None)
        _, predicted = boot(options, root, alter)
        errors = []
        for run in range(options.runs):
            measured, following = boot(options, root, alter)
            errors.append(100 * abs(predicted - measured) / measured)
            print('run %d: predicted %5d ms, measured %5d ms, %.1f %% off' % (run + 1, predicted, measured, errors[-1]))
            predicted = following
        print('median error %.1f %%' % statistics.median(errors))
        sys.exit(statistics.median(errors) > 5)
    finally:
        shutil.rmtree(root, ignore_errors=True)


main()
