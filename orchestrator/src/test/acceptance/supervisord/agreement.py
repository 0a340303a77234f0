#!/usr/bin/env python3
"""Random actions from both sides, then both views are compared.

    agreement.py --svcs 'svcs' --svcadm 'svcadm' --service site/supervisord --socket PATH [--shell 'supervisorctl -c FILE']
                 [--skip PROGRAM]... [--actions 200] [--seed N]

A running svc.startd (BESPOKE_ROOT) with a supervisord service as delegated restarter is expected. A third of the
actions each go to svcadm, to the remote interface and to a supervisorctl shell that stays open. Exit status 0 when every instance is online exactly if its process is RUNNING.
"""
import argparse, random, shlex, subprocess, sys, time, unixrpc, xmlrpc.client


def views(arguments, server):
    out = subprocess.run(shlex.split(arguments.svcs) + ['-H', '-a', '-o', 'state,fmri'], stdout=subprocess.PIPE, text=True).stdout
    ours = {}
    for line in out.splitlines():
        state, fmri = line.split()
        if fmri.startswith('svc:/%s/' % arguments.service):
            ours[fmri] = state
    theirs = {}
    for info in server.getAllProcessInfo():
        if info['group'] in arguments.skip:
            continue
        theirs['svc:/%s/%s:%s' % (arguments.service, info['group'], info['name'])] = info['statename']
    return ours, theirs


def agrees(state, process):
    return {'online': 'RUNNING', 'disabled': 'STOPPED'}.get(state, '') == process


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--svcs', default='svcs')
    parser.add_argument('--svcadm', default='svcadm')
    parser.add_argument('--service', default='site/supervisord')
    parser.add_argument('--socket', required=True)
    parser.add_argument('--shell', default='')
    parser.add_argument('--skip', action='append', default=[])
    parser.add_argument('--actions', type=int, default=200)
    parser.add_argument('--seed', type=int, default=1)
    arguments = parser.parse_args()
    choose = random.Random(arguments.seed)
    print('seed %d' % arguments.seed)
    server = unixrpc.supervisor(arguments.socket)
    names = [(i['group'], i['name']) for i in server.getAllProcessInfo() if i['group'] not in arguments.skip]
    shell = subprocess.Popen(shlex.split(arguments.shell), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) if arguments.shell else None
    for _ in range(arguments.actions):
        group, name = choose.choice(names)
        way = choose.randrange(3 if shell else 2)
        if way == 2:
            shell.stdin.write('%s %s:%s\n' % (choose.choice(['start', 'stop', 'restart']), group, name))
            shell.stdin.flush()
        elif way == 1:
            verb = choose.choice([['enable', '-t'], ['disable', '-t'], ['restart']])
            subprocess.run(shlex.split(arguments.svcadm) + verb + ['svc:/%s/%s:%s' % (arguments.service, group, name)],
                           stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        else:
            try:
                getattr(server, choose.choice(['startProcess', 'stopProcess']))('%s:%s' % (group, name), choose.random() < 0.5)
            except xmlrpc.client.Fault:
                pass
    if shell:
        shell.communicate('exit\n')
    for _ in range(60):
        ours, theirs = views(arguments, server)
        wrong = [(f, ours.get(f), s) for f, s in theirs.items() if not agrees(ours.get(f), s)]
        if not wrong:
            print('%d actions, %d instances: both views agree' % (arguments.actions, len(theirs)))
            return 0
        time.sleep(0.5)
    print('the views differ: %r' % wrong)
    return 1


sys.exit(main())
