#!/usr/bin/env python3
"""Asks one server the same 128 commands with two clients, and shows where they answer differently.

    clients.py --server 'BIN/supervisord -n -c {config}' --ctl BIN/supervisorctl [--stock /usr/bin/supervisorctl]

Each client gets a server of its own in a fresh directory below /tmp. Pids, times and the directory are left out of the comparison.
Linux and the Python standard library; a minute. Exit status 0 if every exit status is the same.
"""
import argparse, os, re, shlex, shutil, subprocess, sys, tempfile, time

CONFIGURATION = '''[supervisord]
logfile=%(here)s/l
pidfile=%(here)s/p
childlogdir=%(here)s
minprocs=10
[unix_http_server]
file=%(here)s/s
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=unix://%(here)s/s
[program:a]
command=/bin/sh -c "echo out-line; echo err-line >&2; exec sleep 1000"
startsecs=0
[program:off]
command=/bin/cat
autostart=false
startsecs=0
[program:bad]
command=/nonexistent/x
autostart=false
startretries=0
[program:quick]
command=/bin/sh -c "exit 3"
autostart=false
startretries=0
[program:none]
command=/bin/sleep 1000
stdout_logfile=NONE
stderr_logfile=NONE
startsecs=0
[program:p]
command=/bin/sleep 1000
numprocs=2
process_name=p%(process_num)d
startsecs=0
'''
ADDED = '[program:%s]\ncommand=/bin/sleep 1000\nstartsecs=0\n'

# a line with = edits the file or waits
SEQUENCE = '''
status; status a; status off; status nosuch; status nosuch:*; status p:*; status p:p0 a; status all
start; start a; start off; start off a nosuch; start bad; start quick; start p:*; start nosuch:*; start nosuch:x; start p:
stop; stop off; stop off; stop nosuch; stop p:p0; stop p:*; stop nosuch:*
restart a; restart nosuch; restart p:*; restart
signal; signal HUP; signal FOO a; signal CONT a; signal CONT off; signal 18 p:*; signal CONT nosuch; signal CONT all
pid; pid a; pid off; pid all; pid nosuch
tail; tail a; tail -5 a; tail -x a; tail a stderr; tail a bad; tail a stdout x; tail nosuch; tail none; tail off; tail -3 off
maintail -x; maintail -10 a; fg; fg a b; fg nosuch; fg off; clear; clear a; clear a off none; clear nosuch; clear all
avail; avail x; reread; reread x; add nosuch; add a; add; remove; remove a; remove nosuch; update; update nosuch; update all
version; version x; open; open nosuch; open ftp://x; open http://localhost:1
help; help status; help nosuch; help help; nosuchcommand; nosuchcommand a b; exit; quit
=add new; reread; avail; update; status; remove new
=change; reread; update; update
=break; reread; update; status
=mend; add new2; stop p:*; remove p; status; add p; reload x; reload; =wait; status; shutdown x; shutdown; =wait
status; start a; stop a; reread; update; version; shutdown; pid; signal HUP a; tail a; maintail; avail; fg a; clear a; add a
open unix:///nosuch/x
'''


def edit(directory, what):
    path = directory + '/c.conf'
    if what == 'wait':
        time.sleep(4)
        return
    with open(path) as f:
        text = f.read()
    text = {'add new': text + ADDED % 'new', 'change': text.replace('command=/bin/cat', 'command=/bin/cat -u'),
            'break': text + 'startsecs=x\n', 'mend': text.replace('startsecs=x\n', '') + ADDED % 'new2'}[what]
    with open(path, 'w') as f:
        f.write(text)


def plain(text, directory):
    text = re.sub(r'pid \d+, uptime \d+:\d+:\d+', 'pid N, uptime T', text.replace(directory, 'DIR'))
    text = re.sub(r'[A-Z][a-z][a-z] \d\d \d\d:\d\d [AP]M', 'TIME', text)
    return re.sub(r'^\d{2,}$', 'N', text, flags=re.M)


def answers(server, client):
    directory = tempfile.mkdtemp(prefix='svclients-', dir='/tmp')
    with open(directory + '/c.conf', 'w') as f:
        f.write(CONFIGURATION)
    words = [word.replace('{config}', directory + '/c.conf') for word in shlex.split(server)]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=directory)
    found = []
    try:
        while not os.path.exists(directory + '/s'):
            time.sleep(0.05)
        time.sleep(2.5)  # the programs have written their lines
        for command in filter(None, (c.strip() for c in re.split('[;\n]', SEQUENCE))):
            if command.startswith('='):
                edit(directory, command[1:])
                continue
            answer = subprocess.run([client, '-c', directory + '/c.conf'] + command.split(), stdin=subprocess.DEVNULL,
                                    stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=60)
            found.append((command, answer.returncode, plain(answer.stdout, directory)))
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(directory, ignore_errors=True)
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('--server', required=True)
    parser.add_argument('--ctl', required=True)
    parser.add_argument('--stock', default='/usr/bin/supervisorctl')
    arguments = parser.parse_args()
    stock, ours = answers(arguments.server, arguments.stock), answers(arguments.server, arguments.ctl)
    words = statuses = 0
    for (command, status, text), (_, our_status, our_text) in zip(stock, ours):
        if (status, text) != (our_status, our_text):
            words += text != our_text
            statuses += status != our_status
            print('%s\n  stock %d %r\n  ours  %d %r' % (command, status, text[-700:], our_status, our_text[-700:]))
    print('%d commands, %d exit statuses differ, %d texts differ' % (len(stock), statuses, words))
    return 1 if statuses or len(stock) != len(ours) else 0


if __name__ == '__main__':
    sys.exit(main())
