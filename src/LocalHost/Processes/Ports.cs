using System.Net;
using System.Net.Sockets;

namespace CertFunctions.LocalHost.Processes;

internal static class Ports
{
    /// <summary>Looks before anything slow is begun.</summary>
    /// <exception cref="StartupException">Another process listens there.</exception>
    public static void RequireFree(int port)
    {
        if (port is < 0 or > IPEndPoint.MaxPort)
            throw new StartupException($"--port {port} is no port: give 0 to {IPEndPoint.MaxPort}.");
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw exception.SocketErrorCode == SocketError.AccessDenied
                ? new StartupException($"Port {port} may not be used by this user: choose another with --port.")
                : InUse(port);
        }
    }

    public static StartupException InUse(int port) => new($"Port {port} is in use: choose another with --port, or 0 for any free one.");
}
