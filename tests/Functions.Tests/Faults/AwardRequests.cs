using System.Text.Json;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Awarding;
using CertFunctions.Functions.Jobs;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>Award Users as a caller sends it.</summary>
internal static class AwardRequests
{
    public static async Task<TestAnswer> PostAsync(this Worker worker, CertificationCode code, string body, string? key = null)
    {
        var request = TestRequest.Post($"/api/certifications/{code}/awards", body);
        request = key is null ? request : request.With("Idempotency-Key", key);
        return await TestAnswer.Of(await worker.Get<AwardUsers>().Run(request, code.Value, CancellationToken.None));
    }

    public static Task<TestAnswer> ApplyAsync(this Worker worker, JobId plan) => RunAsync(
        plan, "apply", null, null, (request, id) => worker.Get<ApplyPlan>().Run(request, id, CancellationToken.None));

    public static Task<TestAnswer> UndoAsync(this Worker worker, JobId job, string? key = null, bool dryRun = false) => RunAsync(
        job, "undo", JsonSerializer.Serialize(new { dryRun, reason = "a mistake" }), key, (request, id) => worker.Get<UndoJob>().Run(request, id, CancellationToken.None));

    private static async Task<TestAnswer> RunAsync(JobId id, string verb, string? body, string? key, Func<HttpRequest, string, Task<IResult>> run)
    {
        var request = TestRequest.Post($"/api/jobs/{id}/{verb}", body);
        return await TestAnswer.Of(await run(key is null ? request : request.With("Idempotency-Key", key), id.Value));
    }

    public static string Users(IEnumerable<LmsId> users, string expiresOn = "2028-11-24", string onExisting = "keepNewest") =>
        JsonSerializer.Serialize(new { users = users.Select(id => id.Value), issuedOn = "2026-11-24", expiresOn, onExisting });

    public static string Group(LmsId group, string expiresOn = "2028-11-24", string onExisting = "keepNewest", bool dryRun = false) =>
        JsonSerializer.Serialize(new { groups = new[] { group.Value }, issuedOn = "2026-11-24", expiresOn, onExisting, dryRun });
}
