using CertFunctions.Core.Awarding;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using CertFunctions.Functions.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Awarding;

public sealed class AwardUsers(AwardUsersService awards, JobPosts posts)
{
    [Function(nameof(AwardUsers)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/certifications/{code}/awards")] HttpRequest request,
        string code,
        CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithBodyAsync(request, cancellationToken);
        var certificationCode = input.Code(code);
        var asked = AwardUsersBody.Read(input.Body);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        return await posts.RunAsync(
            input, id => awards.AwardAsync(certificationCode, asked(), input.Caller.Name, id, cancellationToken), cancellationToken);
    }
}
