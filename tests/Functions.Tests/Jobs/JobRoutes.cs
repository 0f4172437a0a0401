using CertFunctions.Functions.Awarding;
using CertFunctions.Functions.Http.Idempotency;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Jobs;
using CertFunctions.Testing.Jobs;
using CertFunctions.TestWorlds.Fakes;
using CertFunctions.TestWorlds.Http;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Tests.Jobs;

/// <summary>The routes of jobs and of Award Users over a world in memory.</summary>
internal sealed class JobRoutes
{
    private readonly Lists lists = new(new FakeCursorKeyStore());

    public JobRoutes()
    {
        Posts = new JobPosts(new IdempotentPosts(new FakeIdempotencyStore(), World.Time), World.Progress, World.Results, World.Clock);
    }

    public JobWorld World { get; } = new();

    private JobPosts Posts { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task<TestAnswer> AwardAsync(string json, string code = "FIRE-1", string? key = null)
    {
        var request = TestRequest.Post($"/api/certifications/{code}/awards", json);
        var result = await new AwardUsers(World.Awarding, Posts)
            .Run(key is null ? request : request.With("Idempotency-Key", key), code, Cancellation);
        return await TestAnswer.Of(result);
    }

    public async Task<TestAnswer> AwardRetroactivelyAsync(string? json = null, string code = "FIRE-1", string? key = null)
    {
        var request = TestRequest.Post($"/api/certifications/{code}/retroactive-awards", json ?? "");
        var result = await new AwardRetroactively(World.Retroactive, Posts)
            .Run(key is null ? request : request.With("Idempotency-Key", key), code, Cancellation);
        return await TestAnswer.Of(result);
    }

    public Task<TestAnswer> GetAsync(string id) =>
        AnswerAsync(new GetJob(World.Jobs, World.Progress, World.Clock).Run(TestRequest.Get($"/api/jobs/{id}"), id, Cancellation));

    public Task<TestAnswer> ListAsync(string query = "") =>
        AnswerAsync(new ListJobs(World.Progress, lists, World.Clock).Run(TestRequest.Get($"/api/jobs{query}"), Cancellation));

    public Task<TestAnswer> ResultsAsync(string id, string query = "") => AnswerAsync(
        new ListJobResults(World.Jobs, World.Results, lists).Run(TestRequest.Get($"/api/jobs/{id}/results{query}"), id, Cancellation));

    private static async Task<TestAnswer> AnswerAsync(Task<IResult> result) => await TestAnswer.Of(await result);
}
