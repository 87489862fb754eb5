namespace Experiments.GpuWorker.Augmentation.Pixels;

/// <summary>
/// The source of each pixel of a result: x' = Xx·x + Xy·y + X0 and y' = Yx·x + Yy·y + Y0, in pixels from the center of the image, with
/// y pointing down.
/// </summary>
internal readonly record struct AffineMatrix(double Xx, double Xy, double X0, double Yx, double Yy, double Y0)
{
    public static AffineMatrix Identity { get; } = new(1, 0, 0, 0, 1, 0);

    /// <summary>torchvision's <c>rotate</c>.</summary>
    /// <param name="degrees">Counter-clockwise.</param>
    public static AffineMatrix Rotation(double degrees)
    {
        (double sine, double cosine) = Math.SinCos(degrees * Math.PI / 180);
        return new AffineMatrix(cosine, -sine, 0, sine, cosine, 0);
    }

    /// <summary>torchvision's <c>affine</c>: the inverse of shearing, scaling, rotating and translating the image.</summary>
    /// <param name="degrees">Clockwise.</param>
    /// <param name="right">Pixels.</param>
    /// <param name="down">Pixels.</param>
    /// <param name="shearX">Along the rows, in degrees.</param>
    /// <param name="shearY">Along the columns, in degrees.</param>
    /// <param name="center">The x and the y that stay in place; 0 is the center of the image.</param>
    public static AffineMatrix Affine(
        double degrees, double right = 0, double down = 0, double scale = 1, double shearX = 0, double shearY = 0, double center = 0)
    {
        const double Radian = Math.PI / 180;
        (double turn, double sx, double sy) = (degrees * Radian, shearX * Radian, shearY * Radian);
        double a = Math.Cos(turn - sy) / Math.Cos(sy);
        double b = (-Math.Cos(turn - sy) * Math.Tan(sx) / Math.Cos(sy)) - Math.Sin(turn);
        double c = Math.Sin(turn - sy) / Math.Cos(sy);
        double d = (-Math.Sin(turn - sy) * Math.Tan(sx) / Math.Cos(sy)) + Math.Cos(turn);
        (double xx, double xy, double yx, double yy) = (d / scale, -b / scale, -c / scale, a / scale);
        double x0 = center - (xx * (center + right)) - (xy * (center + down));
        double y0 = center - (yx * (center + right)) - (yy * (center + down));
        return new AffineMatrix(xx, xy, x0, yx, yy, y0);
    }
}
