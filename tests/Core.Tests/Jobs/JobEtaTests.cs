using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Records;

namespace CertFunctions.Core.Tests.Jobs;

public sealed class JobEtaTests
{
    private static readonly Job Running = TestJob.Queued() with { Status = JobStatus.Running, StartedAt = TestJob.At, Total = 100 };

    [Fact]
    public void Goes_by_the_pace_so_far() => Assert.Equal(
        30, JobEta.SecondsLeft(Running with { Counts = new JobCounts(Awarded: 20, Failed: 5) }, TestJob.At.AddSeconds(10)));

    [Fact]
    public void Says_nothing_before_the_first_user() => Assert.Null(JobEta.SecondsLeft(Running, TestJob.At.AddSeconds(10)));

    [Fact]
    public void Says_nothing_before_the_total_is_known() => Assert.Null(JobEta.SecondsLeft(TestJob.Queued(), TestJob.At.AddSeconds(10)));

    [Fact]
    public void Says_nothing_at_the_end() => Assert.Null(
        JobEta.SecondsLeft(Running.Completed(new JobCounts(Awarded: 100), TestJob.At), TestJob.At.AddSeconds(10)));
}
