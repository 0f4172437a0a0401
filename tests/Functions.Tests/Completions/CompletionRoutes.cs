using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Functions.Completions;
using CertFunctions.Functions.Http.Idempotency;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Fakes;
using CertFunctions.TestWorlds.Http;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Functions.Tests.Completions;

/// <summary>Completions on stores in memory: external training EXT-9 "Rescue", users u-1 and, deactivated, u-2.</summary>
internal sealed class CompletionRoutes
{
    private readonly FakeTimeProvider time = new(AwardSamples.Now);
    private readonly ExternalCompletionService service;
    private readonly IdempotentPosts posts;

    public CompletionRoutes()
    {
        var users = new FakeUserStore();
        users.Add(Sample.User("u-1"), Sample.User("u-2") with { Active = false });
        var trainings = new FakeExternalTrainingStore();
        trainings.Add(Sample.Training("EXT-9", "Rescue"));
        Completions = new CompletionService(
            users, new FakeCompletionStore(Awards), Certifications, Awards, new UserFollower(users, Awards));
        service = new ExternalCompletionService(trainings, Completions, users.FollowUps, new OrganisationClock(time, TimeZoneInfo.Utc));
        posts = new IdempotentPosts(new FakeIdempotencyStore(), time);
    }

    public FakeAwardStore Awards { get; } = new();

    public FakeCertificationStore Certifications { get; } = new();

    public CompletionService Completions { get; }

    public CompletionRoutes Certify(string code, Func<Certification, Certification>? define = null)
    {
        var certification = Sample.Certification(code) with { Activities = [new(ActivityType.ExternalTraining, Sample.Id("EXT-9"))] };
        Certifications.Add(define?.Invoke(certification) ?? certification);
        return this;
    }

    public async Task<TestAnswer> CompleteAsync(string json, string training = "EXT-9", string? key = null)
    {
        var request = TestRequest.Post($"/api/external-trainings/{training}/completions", json);
        return await TestAnswer.Of(await new CompleteExternalTraining(service, posts)
            .Run(key is null ? request : request.With("Idempotency-Key", key), training, TestContext.Current.CancellationToken));
    }
}
