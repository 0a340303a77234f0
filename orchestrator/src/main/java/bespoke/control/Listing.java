package bespoke.control;

import bespoke.api.ContractRecord;
import bespoke.api.ErrorKind;
import bespoke.api.InstanceDetail;
import bespoke.api.InstanceRecord;
import bespoke.api.InstanceRequest;
import bespoke.api.NoteRecord;
import bespoke.api.Outcome;
import bespoke.api.ProcessRecord;
import bespoke.api.TableRecord;
import bespoke.api.TableView;
import bespoke.api.Wire;
import bespoke.api.listing.PlainTable;
import bespoke.model.InstanceFmri;
import bespoke.model.InstanceStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What `svcs`, `svcs -w`, `ctstat` and `ctwatch` ask for.
final class Listing {
  private static final Duration HEARTBEAT = Duration.ofMinutes(1);

  private final Machine machine;
  private final int backlog;

  Listing(Machine machine, int backlog) {
    this.machine = machine;
    this.backlog = backlog;
  }

  void list(InstanceRequest.ListInstances request, Answer answer) throws IOException {
    List<InstanceRecord> records = new ArrayList<>();
    if (request.operands().isEmpty()) {
      for (InstanceStatus status : machine.statuses()) {
        if (!request.enabledOnly() || PlainListing.isListed(status.enabled())) {
          records.add(record(status, request));
        }
      }
      add(records, request.table(), answer);
      answer.end(Outcome.OK);
      if (request.enabledOnly() && request.brief()) {
        machine.plainlyListed();
      }
      return;
    }
    Operands operands = Operands.any(request.operands(), machine.catalogue());
    if (operands.refusal().isPresent()) {
      answer.end(operands.refusal().get());
      return;
    }
    for (InstanceFmri fmri : operands.fmris()) {
      Optional<InstanceStatus> status = machine.status(fmri);
      if (status.isPresent()) {
        records.add(record(status.get(), request));
      }
    }
    add(records, request.table(), answer);
    answer.end(operands.outcome());
  }

  private static void add(List<InstanceRecord> records, @Nullable TableView view, Answer answer)
      throws IOException {
    TableRecord table = view == null ? null : new TableRecord(PlainTable.of(records, view));
    if (table == null || table.bytes() > Wire.REPLY_BYTES_MAX) {
      answer.addAll(records);
    } else {
      answer.add(table);
    }
  }

  private InstanceRecord record(InstanceStatus status, InstanceRequest.ListInstances request) {
    boolean detailed = request.detailed() || request.processes();
    InstanceDetail detail =
        detailed
            ? Records.detail(status, machine, request.processes() ? processes(status) : List.of())
            : InstanceDetail.NONE;
    InstanceRecord record = Records.instance(status, detail);
    return request.brief() ? record.brief() : record;
  }

  private List<ProcessRecord> processes(InstanceStatus status) {
    List<Long> pids = new ArrayList<>();
    for (long contract : Records.contracts(status.runtime())) {
      pids.addAll(machine.members(contract));
    }
    pids.sort(Comparator.naturalOrder());
    return Processes.records(pids);
  }

  void contracts(InstanceRequest.Contracts request, Answer answer) throws IOException {
    Set<Long> wanted = new HashSet<>(request.ids());
    List<ContractRecord> records = new ArrayList<>();
    for (InstanceStatus status : machine.statuses()) {
      for (long contract : Records.contracts(status.runtime())) {
        if (wanted.isEmpty() || wanted.remove(contract)) {
          records.add(contract(contract, status));
        }
      }
    }
    records.sort(Comparator.comparingLong(ContractRecord::id));
    answer.addAll(records);
    if (wanted.isEmpty()) {
      answer.end(Outcome.OK);
    } else {
      List<String> unmatched = wanted.stream().sorted().map(id -> Long.toString(id)).toList();
      answer.end(new Outcome(ErrorKind.NOT_FOUND.word(), 1, List.of(), unmatched));
    }
  }

  void watchContracts(InstanceRequest.WatchContracts request, Answer answer) throws IOException {
    new ContractStream(machine).follow(request, backlog, answer);
  }

  private ContractRecord contract(long contract, InstanceStatus status) {
    return new ContractRecord(
        contract,
        status.fmri().toString(),
        "owned",
        ProcessHandle.current().pid(),
        machine.contractBackEnd(),
        Processes.records(machine.members(contract)));
  }

  /// Lists, then follows.
  void watch(InstanceRequest.Watch request, Answer answer) throws IOException {
    Operands operands = Operands.any(request.operands(), machine.catalogue());
    if (operands.refusal().isPresent() || !operands.unmatched().isEmpty()) {
      answer.end(operands.refusal().orElseGet(operands::outcome));
      return;
    }
    Set<InstanceFmri> wanted = new HashSet<>(operands.fmris());
    Machine.Watch watch = machine.watch(backlog);
    try (Machine.Subscription<Machine.Notice> subscription = watch.subscription()) {
      for (InstanceStatus status : watch.now()) {
        if (wanted.isEmpty()
            ? PlainListing.isListed(status.enabled())
            : wanted.contains(status.fmri())) {
          answer.add(Records.instance(status, InstanceDetail.NONE));
        }
      }
      answer.add(new NoteRecord("now", false));
      answer.flush();
      follow(subscription, wanted, answer);
    } catch (Machine.CutOffException e) {
      answer.fail(ErrorKind.SHUTTING_DOWN, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void follow(
      Machine.Subscription<Machine.Notice> subscription, Set<InstanceFmri> wanted, Answer answer)
      throws IOException, Machine.CutOffException, InterruptedException {
    while (true) {
      Optional<Machine.Notice> notice = subscription.next(HEARTBEAT);
      if (notice.isPresent()
          && (wanted.isEmpty() || wanted.contains(notice.get().transition().instance()))) {
        answer.add(Records.transition(notice.get().transition(), notice.get().actor()));
        answer.flush();
      }
    }
  }
}
