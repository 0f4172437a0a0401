using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Fakes;
using CertFunctions.Testing.Records;

namespace CertFunctions.Core.Tests.Jobs;

public sealed class JobServiceTests
{
    private readonly FakeJobQueue queue = new();
    private readonly JobService service;

    public JobServiceTests() => service = new JobService(new FakeJobStore(), queue, trouble => trouble is IOException);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_is_added_once_and_the_first_one_stays()
    {
        var job = TestJob.Queued();

        var (first, isNew) = await service.AddAsync(job, Cancellation);
        var (again, isNewAgain) = await service.AddAsync(job with { RequestedBy = "somebody else" }, Cancellation);

        Assert.Equal((true, false), (isNew, isNewAgain));
        Assert.Equal(first, again);
    }

    [Fact]
    public async Task Only_a_job_that_has_not_begun_is_sent()
    {
        await service.StartAsync(TestJob.Queued(), Cancellation);
        await service.StartAsync(TestJob.Queued() with { Status = JobStatus.Running }, Cancellation);

        Assert.Single(queue.Steps);
    }

    /// <summary>The row is stored: the sweeper sends what was not.</summary>
    [Fact]
    public async Task Trouble_with_the_queue_is_none_of_the_callers()
    {
        queue.BeforeSending = _ => throw new IOException("The queue is away.");

        await service.StartAsync(TestJob.Queued(), Cancellation);

        Assert.Empty(queue.Steps);
    }

    [Fact]
    public async Task A_bug_is_the_callers()
    {
        queue.BeforeSending = _ => throw new InvalidOperationException("A bug.");

        await Assert.ThrowsAsync<InvalidOperationException>(() => service.StartAsync(TestJob.Queued(), Cancellation));
    }
}
