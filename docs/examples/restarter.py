#!/usr/bin/env python3
"""A delegated restarter: runs the command that its instances' property run/command says. See docs/restarter-protocol.md"""
import json, os, select, signal, socket, subprocess, sys

processes = {}  # instance -> its process, while it runs
rests = {}      # instance -> the state in which it is when nothing runs
woken = socket.socketpair()  # a byte arrives when a process has ended
woken[1].setblocking(False)
signal.set_wakeup_fd(woken[1].fileno())
signal.signal(signal.SIGCHLD, lambda *_: None)
daemon = socket.socket(socket.AF_UNIX)
daemon.connect(os.environ['BESPOKE_ROOT'] + '/run/control.sock')


def send(**message):
    daemon.sendall(json.dumps(message).encode() + b'\n')


def report(instance, state, next='', severity='none'):
    send(op='restarter.state', instance=instance, state=state, next=next, auxiliary='none', severity=severity, detail='')


def start(instance):
    report(instance, 'offline', next='online')
    svcprop = [os.environ.get('BESPOKE_BIN', '/usr/bin') + '/svcprop', '-p', 'run/command', instance]
    command = subprocess.run(svcprop, stdout=subprocess.PIPE, text=True).stdout.replace('\\', '')
    processes[instance] = subprocess.Popen(command.split(), start_new_session=True)
    report(instance, 'online')


def ordered(event, instance):
    runs = instance in processes
    if event in ('enable', 'admin_maint_off'):
        rests[instance] = 'offline'
    elif event in ('disable', 'admin_disable', 'remove_instance'):
        rests[instance] = 'disabled'
    elif event in ('admin_maint_on', 'admin_maint_on_immediate', 'dependency_cycle', 'invalid_dependency'):
        rests[instance] = 'maintenance'
    if event == 'start' and not runs:
        start(instance)
    elif not runs:
        if event == 'admin_maint_off':
            report(instance, 'uninitialized')  # the way out of maintenance
        report(instance, rests.get(instance, 'disabled'))
    elif event in ('add_instance', 'start', 'enable', 'admin_refresh'):
        report(instance, 'online')
    else:  # it must stop: what follows is reported when it is gone
        report(instance, 'online', next=rests[instance])
        processes[instance].terminate()


def ended():
    woken[0].recv(4096)
    for instance in [i for i, process in processes.items() if process.poll() is not None]:
        was_stopped = processes.pop(instance).returncode == -signal.SIGTERM
        report(instance, rests[instance], severity='restart' if was_stopped else 'fault')


send(version=1, op='restarter.register')
received = b''
while True:
    if woken[0] in select.select([daemon, woken[0]], [], [])[0]:
        ended()
        continue
    received += daemon.recv(65536) or sys.exit('svc.startd has closed the connection')
    *lines, received = received.split(b'\n')
    for message in map(json.loads, lines):
        if 'order' in message:
            ordered(message['order']['event'], message['order']['instance'])
        elif 'registered' not in message:
            print(message, file=sys.stderr, flush=True)  # a problem or a refusal: it is in our log
