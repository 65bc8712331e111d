// Takes the earliest event out of each of ns-3's schedulers and puts a later
// one in, so many times with so many waiting, and says how many nanoseconds of
// CPU time that took.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

#include <ns3/object-factory.h>
#include <ns3/scheduler.h>

static double Now() {
  timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

// The same delays as in queue.go.
static uint64_t chance = 0;
static uint64_t Delay() {
  chance = chance * 6364136223846793005u + 1442695040888963407u;
  return chance >> 34;
}

static ns3::Scheduler::Event At(uint64_t time, uint32_t uid) {
  ns3::Scheduler::Event e;
  e.impl = nullptr;
  e.key.m_ts = time;
  e.key.m_uid = uid;
  e.key.m_context = 0;
  return e;
}

static void Hold(const char *name, long waiting, long times) {
  ns3::ObjectFactory factory;
  factory.SetTypeId(std::string("ns3::") + name + "Scheduler");
  ns3::Ptr<ns3::Scheduler> q = factory.Create<ns3::Scheduler>();
  chance = 0;
  uint32_t uid = 0;
  for (long i = 0; i < waiting; i++) q->Insert(At(Delay(), uid++));
  double began = Now();
  for (long i = 0; i < times; i++) {
    ns3::Scheduler::Event e = q->RemoveNext();
    q->Insert(At(e.key.m_ts + Delay(), uid++));
  }
  std::printf("%s %.1f\n", name, (Now() - began) / times);
}

int main(int argc, char **argv) {
  if (argc != 3) return 1;
  for (const char *name : {"Heap", "Map", "PriorityQueue", "Calendar"}) Hold(name, std::atol(argv[1]), std::atol(argv[2]));
  return 0;
}
