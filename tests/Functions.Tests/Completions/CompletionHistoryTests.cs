using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Fakes;
using CertFunctions.TestWorlds.Http;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Functions.Tests.Completions;

public sealed class CompletionHistoryTests
{
    private readonly CompletionRoutes routes = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_which_message_made_a_version_and_that_one_by_hand_came_from_nowhere()
    {
        Assert.True(Validity.TryCreate(1, ValidityUnit.Years, out var validity));
        routes.Certify("RESCUE-1", certification => certification with { Validity = validity });
        var completion = new Completion(Sample.Id("u-1"), new Activity(ActivityType.ExternalTraining, Sample.Id("EXT-9")), "Rescue", new DateOnly(2026, 11, 20));
        var provenance = new Provenance("lms", AwardSamples.Now, null, new Origin(MessageId: "m-1", Event: "external.training.approved"));
        await routes.CompleteAsync("""{"userId":"u-1","completedOn":"2026-11-01"}""");

        await routes.Completions.ApplyAsync(completion, provenance, Cancellation);

        var versions = (await HistoryAsync()).Json.GetProperty("items");
        Assert.Equal(
            """{"jobId":null,"file":null,"line":null,"messageId":"m-1","event":"external.training.approved"}""",
            versions[0].GetProperty("origin").GetRawText());
        Assert.Equal(
            """{"type":"externalTraining","activityType":null,"activityId":"EXT-9","activityTitle":"Rescue"}""",
            versions[0].GetProperty("association").GetRawText());
        Assert.Equal(("lms", "null"), (versions[0].GetProperty("by").GetString(), versions[1].GetProperty("origin").GetRawText()));
    }

    private async Task<TestAnswer> HistoryAsync()
    {
        var catalog = new CertificationCatalog(routes.Certifications, TimeProvider.System);
        var service = new AwardService(
            routes.Awards,
            routes.Awards,
            catalog,
            routes.Certifications,
            new AssociationRules(new FakeExternalTrainingStore()),
            new OrganisationClock(new FakeTimeProvider(), TimeZoneInfo.Utc));
        return await TestAnswer.Of(await new GetAwardHistory(service, new Lists(new FakeCursorKeyStore())).Run(
            TestRequest.Get("/api/certifications/RESCUE-1/awards/u-1/history"), "RESCUE-1", "u-1", Cancellation));
    }
}
