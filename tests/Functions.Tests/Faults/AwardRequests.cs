using System.Text.Json;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Awarding;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;

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

    public static string Users(IEnumerable<LmsId> users, string expiresOn = "2028-11-24", string onExisting = "keepNewest") =>
        JsonSerializer.Serialize(new { users = users.Select(id => id.Value), issuedOn = "2026-11-24", expiresOn, onExisting });

    public static string Group(LmsId group, string expiresOn = "2028-11-24", string onExisting = "keepNewest") =>
        JsonSerializer.Serialize(new { groups = new[] { group.Value }, issuedOn = "2026-11-24", expiresOn, onExisting });
}
